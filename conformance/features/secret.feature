Feature: Secrets

  Scenario: A secret in a header
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: header, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/secret-header
            headers: { X-Key: '${ "key " + $secrets.token }' }
    """
    And the secret 'token' is 's3cret'
    And the service answers 'GET /secret-header' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """
    And the service should have received 'GET /secret-header' with header 'X-key': 'key s3cret'

  Scenario: A secret as a bearer token, by its name
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: bearer, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          call: http
          with:
            method: get
            endpoint:
              uri: http://service.test/secret-bearer
              authentication: { bearer: { use: token } }
    """
    And the secret 'token' is '{"token": "s3cret"}'
    And the service answers 'GET /secret-bearer' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """
    And the service should have received 'GET /secret-bearer' with header 'Authorization': 'Bearer s3cret'

  Scenario: A secret beside what the workflow knows
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: beside, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          call: http
          with:
            method: post
            endpoint: http://service.test/secret-body
            body: { user: '${ .user }', both: '${ .user + $secrets.token }' }
    """
    And the secret 'token' is 's3cret'
    And given the workflow input is:
    """yaml
    user: ada-
    """
    And the service answers 'POST /secret-body' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """
    And the service should have received 'POST /secret-body' with body:
    """yaml
    { user: ada-, both: ada-s3cret }
    """

  Scenario: A secret that nobody provides is an authorization error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: unknown, version: '1.0.0' }
    use:
      secrets: [ nowhere ]
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/x
            headers: { X-Key: '${ $secrets.nowhere }' }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 403, instance: /do/0/go }
    """

  Scenario: A secret is refused where its value would be kept: set
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: refused-set, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          set: { a: '${ $secrets.token }' }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/set/a'

  Scenario: A secret is refused where its value would be kept: output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: refused-output, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          set: { a: 1 }
          output: { as: '${ $secrets.token }' }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/output/as'

  Scenario: A secret is refused where its value would be kept: export
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: refused-export, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          set: { a: 1 }
          export: { as: '${ { t: $secrets.token } }' }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/export/as'

  Scenario: A secret is refused where its value would be kept: if
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: refused-if, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          if: $secrets.token == 1
          set: { a: 1 }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/if'

  Scenario: A secret is refused where its value would be kept: emit
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: refused-emit, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          emit: { event: { with: { type: t, data: '${ $secrets.token }' } } }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/emit/event/with/data'

  Scenario: A secret that is not named in use is refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: undeclared, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/x
            headers: { X-Key: '${ $secrets.other }' }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/with/headers/X-Key'

  Scenario: $authorization tells a call's own credentials to its service
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: authorization, version: '1.0.0' }
    use:
      secrets: [ token ]
    do:
      - go:
          call: http
          with:
            method: post
            endpoint:
              uri: http://service.test/secret-authorization
              authentication: { bearer: { use: token } }
            headers: { X-Copy: '${ $authorization.parameter }' }
            body: { scheme: '${ $authorization.scheme }' }
    """
    And the secret 'token' is '{"token": "s3cret"}'
    And the service answers 'POST /secret-authorization' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """
    And the service should have received 'POST /secret-authorization' with body:
    """yaml
    scheme: Bearer
    """
    And the service should have received 'POST /secret-authorization' with header 'X-copy': 's3cret'

  Scenario: $authorization is refused where it would be kept
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: secret, name: authorization-kept, version: '1.0.0' }
    do:
      - go:
          call: http
          with: { method: get, endpoint: 'http://service.test/secret-authorization' }
          output: { as: '${ $authorization.parameter }' }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/output/as'

Feature: Calls over HTTP

  Scenario: Content is read as JSON
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: content, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/a
    """
    And the service answers 'GET /a' with status 200 and body:
    """yaml
    { a: [ 1, 1.50 ] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { a: [ 1, 1.5 ] }
    """

  Scenario: An empty answer is null
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: empty, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: delete
            endpoint: http://service.test/empty
    """
    And the service answers 'DELETE /empty' with status 204
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    null
    """

  Scenario: raw is base64
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: raw, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/raw
            output: raw
    """
    And the service answers 'GET /raw' with status 200 and body:
    """yaml
    [1]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    WzFd
    """

  Scenario: response has the request, the status, the headers and the content
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: response, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/response
            output: response
          output:
            as: '{ method: .request.method, uri: .request.uri, status: .statusCode, content, json: (.headers | to_entries | map(select(.key | ascii_downcase == "content-type")) | length) }'
    """
    And the service answers 'GET /response' with status 200 and body:
    """yaml
    { a: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { method: GET, uri: 'http://service.test/response', status: 200, content: { a: 1 }, json: 1 }
    """

  Scenario: A member of the input stands in the URI
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: template, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/{kind}/{id}?q={q}
    """
    And given the workflow input is:
    """yaml
    { kind: pets, id: 7, q: 'a b' }
    """
    And the service answers 'GET /pets/7?q=a%20b' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """

  Scenario: What the input does not have is empty in the URI
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: template-missing, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/x{nothing}
    """
    And the service answers 'GET /x' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """

  Scenario: An object cannot stand in a URI
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: template-object, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/{id}
    """
    And given the workflow input is:
    """yaml
    id: { a: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 400, instance: /do/0/go }
    """

  Scenario: The endpoint may be an expression
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: endpoint-expression, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: ${ "http://service.test/\(.id)" }
    """
    And given the workflow input is:
    """yaml
    id: 7
    """
    And the service answers 'GET /7' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """

  Scenario: Query and headers may be expressions as a whole
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: query-expression, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/q
            query: ${ .query }
            headers: ${ .headers }
    """
    And given the workflow input is:
    """yaml
    { query: { a: x, b: '1' }, headers: { X-Tenant: acme } }
    """
    And the service answers 'GET /q?a=x&b=1' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """
    And the service should have received 'GET /q?a=x&b=1' with header 'X-tenant': 'acme'

  Scenario: A body is sent as JSON
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: body, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: post
            endpoint: http://service.test/body
            body: { name: '${ .name }', list: [ 1, 2 ] }
    """
    And given the workflow input is:
    """yaml
    name: Ada
    """
    And the service answers 'POST /body' with status 201 and body:
    """yaml
    { id: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 1
    """
    And the service should have received 'POST /body' with body:
    """yaml
    { name: Ada, list: [ 1, 2 ] }
    """
    And the service should have received 'POST /body' with header 'Content-type': 'application/json'

  Scenario: Status 400 is a communication error with that status
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: status-400, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/status-400
    """
    And the service answers 'GET /status-400' with status 400 and body:
    """yaml
    { why: not }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 400, type: 'https://open-workflow-specification.org/spec/1.0.0/errors/communication', instance: /do/0/go }
    """

  Scenario: Status 404 is a communication error with that status
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: status-404, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/status-404
    """
    And the service answers 'GET /status-404' with status 404 and body:
    """yaml
    { why: not }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 404, type: 'https://open-workflow-specification.org/spec/1.0.0/errors/communication', instance: /do/0/go }
    """

  Scenario: Status 409 is a communication error with that status
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: status-409, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/status-409
    """
    And the service answers 'GET /status-409' with status 409 and body:
    """yaml
    { why: not }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 409, type: 'https://open-workflow-specification.org/spec/1.0.0/errors/communication', instance: /do/0/go }
    """

  Scenario: Status 500 is a communication error with that status
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: status-500, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/status-500
    """
    And the service answers 'GET /status-500' with status 500 and body:
    """yaml
    { why: not }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 500, type: 'https://open-workflow-specification.org/spec/1.0.0/errors/communication', instance: /do/0/go }
    """

  Scenario: Status 503 is a communication error with that status
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: status-503, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/status-503
    """
    And the service answers 'GET /status-503' with status 503 and body:
    """yaml
    { why: not }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 503, type: 'https://open-workflow-specification.org/spec/1.0.0/errors/communication', instance: /do/0/go }
    """

  Scenario: A redirection is an error where it is not asked for
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: redirect-off, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/moved
    """
    And the service answers 'GET /moved' with status 302 and header 'Location': 'http://service.test/there'
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 302 }
    """

  Scenario: A redirection is followed where it is asked for
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: redirect-on, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/moved
            redirect: true
    """
    And the service answers 'GET /moved' with status 302 and header 'Location': '/there'
    And the service answers 'GET /there' with status 200 and body:
    """yaml
    { there: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    there: true
    """

  Scenario: Basic authentication
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: basic, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint:
              uri: http://service.test/basic
              authentication:
                basic: { username: '${ .user }', password: pass }
    """
    And given the workflow input is:
    """yaml
    user: ada
    """
    And the service answers 'GET /basic' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """
    And the service should have received 'GET /basic' with header 'Authorization': 'Basic YWRhOnBhc3M='

  Scenario: An authentication is used by its name
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: bearer-use, version: '1.0.0' }
    use:
      authentications:
        shop: { bearer: { token: '${ .token }' } }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint:
              uri: http://service.test/bearer
              authentication: { use: shop }
    """
    And given the workflow input is:
    """yaml
    token: abc
    """
    And the service answers 'GET /bearer' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """
    And the service should have received 'GET /bearer' with header 'Authorization': 'Bearer abc'

  Scenario: An authentication that is not defined is refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: bearer-unknown, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint:
              uri: http://service.test/bearer
              authentication: { use: shop }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/with/endpoint/authentication/use'

  Scenario: A failing call is retried
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: retry, version: '1.0.0' }
    do:
      - guarded:
          try:
            - go:
                call: http
                with: { method: get, endpoint: 'http://service.test/retry' }
          catch:
            errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/communication', status: 503 } }
            retry: { delay: PT0.01S, limit: { attempt: { count: 2 } } }
            do:
              - note: { set: { gave: up } }
    """
    And the service answers 'GET /retry' with status 503 and body:
    """yaml
    {}
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    gave: up
    """
    And go should run 3 times

  Scenario: A method is needed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: no-method, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            endpoint: http://service.test/x
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/with'

  Scenario: An unknown output is refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: bad-output, version: '1.0.0' }
    do:
      - go:
          call: http
          with:
            method: get
            endpoint: http://service.test/x
            output: everything
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/go/with/output'

  Scenario: Loops call in their order
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: http, name: loop, version: '1.0.0' }
    do:
      - all:
          for: { each: id, in: '${ [1, 2, 3] }' }
          do:
            - go:
                call: http
                with: { method: get, endpoint: '${ "http://service.test/loop/\($id)" }' }
                export: { as: '$context + { ("n\($id)"): . }' }
      - tell: { set: '${ $context }' }
    """
    And the service answers 'GET /loop/1' with status 200 and body:
    """yaml
    10
    """
    And the service answers 'GET /loop/2' with status 200 and body:
    """yaml
    20
    """
    And the service answers 'GET /loop/3' with status 200 and body:
    """yaml
    30
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { n1: 10, n2: 20, n3: 30 }
    """

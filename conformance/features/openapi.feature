Feature: Calls of OpenAPI operations

  Scenario: Parameters go where a document of version 2.0 says
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: read-2-0, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/2-0.json' }
            operationId: read
            parameters: { id: '${ .id }', view: full }
    """
    And given the workflow input is:
    """yaml
    id: 5
    """
    And the service answers 'GET /2-0.json' with status 200 and body:
    """yaml
    { swagger: '2.0', info: { title: t, version: '1' }, host: service.test, basePath: /v2, schemes: [ http ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, type: integer }, { name: view, in: query, type: string } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, type: integer }, { name: pet, in: body, schema: {} } ], responses: { '200': { description: ok } } } } } }
    """
    And the service answers 'GET /v2/pets/5?view=full' with status 200 and body:
    """yaml
    { id: 5 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 5
    """

  Scenario: An operation that a document of version 2.0 does not have is an error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: unknown-2-0, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/2-0.json' }
            operationId: write
            parameters: {}
    """
    And the service answers 'GET /2-0.json' with status 200 and body:
    """yaml
    { swagger: '2.0', info: { title: t, version: '1' }, host: service.test, basePath: /v2, schemes: [ http ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, type: integer }, { name: view, in: query, type: string } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, type: integer }, { name: pet, in: body, schema: {} } ], responses: { '200': { description: ok } } } } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { instance: /do/0/go }
    """

  Scenario: A parameter that a document of version 2.0 requires is missed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: missing-2-0, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/2-0.json' }
            operationId: read
            parameters: { view: full }
    """
    And the service answers 'GET /2-0.json' with status 200 and body:
    """yaml
    { swagger: '2.0', info: { title: t, version: '1' }, host: service.test, basePath: /v2, schemes: [ http ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, type: integer }, { name: view, in: query, type: string } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, type: integer }, { name: pet, in: body, schema: {} } ], responses: { '200': { description: ok } } } } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { instance: /do/0/go }
    """

  Scenario: Parameters go where a document of version 3.0.3 says
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: read-3-0-3, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/3-0-3.json' }
            operationId: read
            parameters: { id: '${ .id }', view: full }
    """
    And given the workflow input is:
    """yaml
    id: 5
    """
    And the service answers 'GET /3-0-3.json' with status 200 and body:
    """yaml
    { openapi: '3.0.3', info: { title: t, version: '1' }, servers: [ { url: 'http://service.test/v3' } ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, schema: { type: integer } }, { name: view, in: query, schema: { type: string } }, { name: X-Tenant, in: header, schema: { type: string } } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ], requestBody: { content: { application/json: { schema: { type: object, properties: { pet: { type: object } } } } } }, responses: { '200': { description: ok } } } } } }
    """
    And the service answers 'GET /v3/pets/5?view=full' with status 200 and body:
    """yaml
    { id: 5 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 5
    """

  Scenario: An operation that a document of version 3.0.3 does not have is an error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: unknown-3-0-3, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/3-0-3.json' }
            operationId: write
            parameters: {}
    """
    And the service answers 'GET /3-0-3.json' with status 200 and body:
    """yaml
    { openapi: '3.0.3', info: { title: t, version: '1' }, servers: [ { url: 'http://service.test/v3' } ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, schema: { type: integer } }, { name: view, in: query, schema: { type: string } }, { name: X-Tenant, in: header, schema: { type: string } } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ], requestBody: { content: { application/json: { schema: { type: object, properties: { pet: { type: object } } } } } }, responses: { '200': { description: ok } } } } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { instance: /do/0/go }
    """

  Scenario: A parameter that a document of version 3.0.3 requires is missed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: missing-3-0-3, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/3-0-3.json' }
            operationId: read
            parameters: { view: full }
    """
    And the service answers 'GET /3-0-3.json' with status 200 and body:
    """yaml
    { openapi: '3.0.3', info: { title: t, version: '1' }, servers: [ { url: 'http://service.test/v3' } ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, schema: { type: integer } }, { name: view, in: query, schema: { type: string } }, { name: X-Tenant, in: header, schema: { type: string } } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ], requestBody: { content: { application/json: { schema: { type: object, properties: { pet: { type: object } } } } } }, responses: { '200': { description: ok } } } } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { instance: /do/0/go }
    """

  Scenario: Parameters go where a document of version 3.1.0 says
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: read-3-1-0, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/3-1-0.json' }
            operationId: read
            parameters: { id: '${ .id }', view: full }
    """
    And given the workflow input is:
    """yaml
    id: 5
    """
    And the service answers 'GET /3-1-0.json' with status 200 and body:
    """yaml
    { openapi: '3.1.0', info: { title: t, version: '1' }, servers: [ { url: 'http://service.test/v3' } ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, schema: { type: integer } }, { name: view, in: query, schema: { type: string } }, { name: X-Tenant, in: header, schema: { type: string } } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ], requestBody: { content: { application/json: { schema: { type: object, properties: { pet: { type: object } } } } } }, responses: { '200': { description: ok } } } } } }
    """
    And the service answers 'GET /v3/pets/5?view=full' with status 200 and body:
    """yaml
    { id: 5 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 5
    """

  Scenario: An operation that a document of version 3.1.0 does not have is an error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: unknown-3-1-0, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/3-1-0.json' }
            operationId: write
            parameters: {}
    """
    And the service answers 'GET /3-1-0.json' with status 200 and body:
    """yaml
    { openapi: '3.1.0', info: { title: t, version: '1' }, servers: [ { url: 'http://service.test/v3' } ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, schema: { type: integer } }, { name: view, in: query, schema: { type: string } }, { name: X-Tenant, in: header, schema: { type: string } } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ], requestBody: { content: { application/json: { schema: { type: object, properties: { pet: { type: object } } } } } }, responses: { '200': { description: ok } } } } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { instance: /do/0/go }
    """

  Scenario: A parameter that a document of version 3.1.0 requires is missed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: missing-3-1-0, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/3-1-0.json' }
            operationId: read
            parameters: { view: full }
    """
    And the service answers 'GET /3-1-0.json' with status 200 and body:
    """yaml
    { openapi: '3.1.0', info: { title: t, version: '1' }, servers: [ { url: 'http://service.test/v3' } ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, schema: { type: integer } }, { name: view, in: query, schema: { type: string } }, { name: X-Tenant, in: header, schema: { type: string } } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ], requestBody: { content: { application/json: { schema: { type: object, properties: { pet: { type: object } } } } } }, responses: { '200': { description: ok } } } } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { instance: /do/0/go }
    """

  Scenario: A body parameter is the body
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: body, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/body.json' }
            operationId: change
            parameters: { id: 5, pet: { name: Rex } }
    """
    And the service answers 'GET /body.json' with status 200 and body:
    """yaml
    { swagger: '2.0', info: { title: t, version: '1' }, host: service.test, basePath: /v2, schemes: [ http ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, type: integer }, { name: view, in: query, type: string } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, type: integer }, { name: pet, in: body, schema: {} } ], responses: { '200': { description: ok } } } } } }
    """
    And the service answers 'POST /v2/pets/5' with status 200 and body:
    """yaml
    { ok: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ok: true
    """
    And the service should have received 'POST /v2/pets/5' with body:
    """yaml
    name: Rex
    """

  Scenario: A header parameter is a header
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: header, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/header.json' }
            operationId: read
            parameters: { id: 5, X-Tenant: acme }
    """
    And the service answers 'GET /header.json' with status 200 and body:
    """yaml
    { openapi: '3.0.3', info: { title: t, version: '1' }, servers: [ { url: 'http://service.test/v3' } ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, schema: { type: integer } }, { name: view, in: query, schema: { type: string } }, { name: X-Tenant, in: header, schema: { type: string } } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ], requestBody: { content: { application/json: { schema: { type: object, properties: { pet: { type: object } } } } } }, responses: { '200': { description: ok } } } } } }
    """
    And the service answers 'GET /v3/pets/5' with status 200 and body:
    """yaml
    1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """
    And the service should have received 'GET /v3/pets/5' with header 'X-tenant': 'acme'

  Scenario: A service's refusal is a communication error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: refusal, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/refusal.json' }
            operationId: read
            parameters: { id: 6 }
    """
    And the service answers 'GET /refusal.json' with status 200 and body:
    """yaml
    { swagger: '2.0', info: { title: t, version: '1' }, host: service.test, basePath: /v2, schemes: [ http ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, type: integer }, { name: view, in: query, type: string } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, type: integer }, { name: pet, in: body, schema: {} } ], responses: { '200': { description: ok } } } } } }
    """
    And the service answers 'GET /v2/pets/6' with status 409 and body:
    """yaml
    {}
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 409 }
    """

  Scenario: output: response
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: response, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/response.json' }
            operationId: read
            parameters: { id: 7 }
            output: response
          output: { as: '{ statusCode, content }' }
    """
    And the service answers 'GET /response.json' with status 200 and body:
    """yaml
    { swagger: '2.0', info: { title: t, version: '1' }, host: service.test, basePath: /v2, schemes: [ http ], paths: { '/pets/{id}': { get: { operationId: read, parameters: [ { name: id, in: path, required: true, type: integer }, { name: view, in: query, type: string } ], responses: { '200': { description: ok } } }, post: { operationId: change, parameters: [ { name: id, in: path, required: true, type: integer }, { name: pet, in: body, schema: {} } ], responses: { '200': { description: ok } } } } } }
    """
    And the service answers 'GET /v2/pets/7' with status 200 and body:
    """yaml
    { id: 7 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { statusCode: 200, content: { id: 7 } }
    """

  Scenario: A document that is not there is a communication error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: openapi, name: no-document, version: '1.0.0' }
    do:
      - go:
          call: openapi
          with:
            document: { endpoint: 'http://service.test/nowhere.json' }
            operationId: read
            parameters: {}
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 404 }
    """

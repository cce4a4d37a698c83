Feature: Use
  Errors, retry policies and timeouts that are defined once, and used by name.

  Scenario: An error is raised by its name
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: error, version: '1.0.0' }
    use:
      errors:
        broken: { type: 'https://example.com/errors/broken', status: 418, title: Broken }
    do:
      - first:
          raise: { error: broken }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 418
    title: Broken
    instance: /do/0/first
    """

  Scenario: An error that is used by name sees the data of the task that raises it
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: error-expressions, version: '1.0.0' }
    use:
      errors:
        missing:
          type: https://example.com/errors/missing
          status: 404
          title: '${ "No \(.what)" }'
          detail: '${ $task.name }'
    do:
      - first:
          input: { from: .order }
          raise: { error: missing }
    """
    And the workflow input is:
    """yaml
    order: { what: bread }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    title: No bread
    detail: first
    instance: /do/0/first
    """

  Scenario: An error that is not defined is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: error-unknown, version: '1.0.0' }
    use:
      errors:
        broken: { type: 'https://example.com/errors/broken', status: 418 }
    do:
      - first:
          raise: { error: brokn }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/first/raise/error'

  Scenario: A retry policy is used by its name, by several tasks
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: retry, version: '1.0.0' }
    use:
      retries:
        twice:
          limit: { attempt: { count: 2 } }
    do:
      - one:
          try:
            - first:
                call: use-retry
          catch:
            retry: twice
            do:
              - handler:
                  set: { failed: 1 }
      - two:
          try:
            - second:
                call: use-retry
          catch:
            retry: twice
            do:
              - again:
                  set: { failed: '${ .failed + 1 }' }
    """
    And a function 'use-retry' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    failed: 2
    """
    And the function 'use-retry' should have been called 6 times

  Scenario: The condition of a retry policy that is used by name sees the error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: retry-when, version: '1.0.0' }
    use:
      retries:
        unavailable:
          when: .status == 503
          limit: { attempt: { count: 3 } }
    do:
      - attempt:
          try:
            - first:
                call: use-retry-when
          catch:
            retry: unavailable
            do:
              - handler:
                  set: { status: '${ $error.status }' }
    """
    And a function 'use-retry-when' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 400 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    status: 400
    """
    And the function 'use-retry-when' should have been called 1 times

  Scenario: A retry policy that is not defined is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: retry-unknown, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
          catch:
            retry: nowhere
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/attempt/catch/retry'

  Scenario: A timeout is used by its name
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: timeout, version: '1.0.0' }
    use:
      timeouts:
        short: { after: { milliseconds: 60 } }
    do:
      - first:
          timeout: short
          wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/first
    """

  Scenario: A workflow's timeout is used by its name
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: timeout-workflow, version: '1.0.0' }
    timeout: short
    use:
      timeouts:
        short: { after: PT0.1S }
    do:
      - first:
          wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    """

  Scenario: A timeout that is used by name sees the data of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: timeout-expression, version: '1.0.0' }
    use:
      timeouts:
        given: { after: '${ .limit }' }
    do:
      - first:
          timeout: given
          wait: { hours: 1 }
    """
    And the workflow input is:
    """yaml
    limit: { milliseconds: 60 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    """

  Scenario: A timeout that is not defined is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: use, name: timeout-unknown, version: '1.0.0' }
    do:
      - first:
          timeout: nowhere
          set: { a: 1 }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/first/timeout'

Feature: Timeout
  A task, or the workflow, that takes too long.

  Scenario: A call that takes too long is a timeout error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: call, version: '1.0.0' }
    do:
      - first:
          timeout: { after: { milliseconds: 100 } }
          call: timeout-call
      - after:
          set: { never: true }
    """
    And a function 'timeout-call' that never answers
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/first
    """
    And after should not run

  Scenario: A list that takes too long is a timeout error of the list
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: do, version: '1.0.0' }
    do:
      - outer:
          timeout: { after: PT0.1S }
          do:
            - first:
                set: { a: 1 }
            - second:
                wait: { hours: 1 }
            - third:
                set: { never: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/outer
    """
    And third should not run

  Scenario: The timeout of a try task is not its own to catch
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: try, version: '1.0.0' }
    do:
      - attempt:
          timeout: { after: { milliseconds: 80 } }
          try:
            - first:
                wait: { hours: 1 }
          catch:
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    instance: /do/0/attempt
    """
    And handler should not run

  Scenario: The timeout of a try task is caught by the try task around
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: try-outer, version: '1.0.0' }
    do:
      - outer:
          try:
            - inner:
                timeout: { after: { milliseconds: 80 } }
                try:
                  - first:
                      wait: { hours: 1 }
                catch: {}
          catch:
            do:
              - handler:
                  set: { instance: '${ $error.instance }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    instance: /do/0/outer/try/0/inner
    """

  Scenario: A timeout inside a try list is caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: caught, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                timeout: { after: { milliseconds: 80 } }
                wait: { hours: 1 }
          catch:
            errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/timeout', status: 408 } }
            do:
              - handler:
                  set: { instance: '${ $error.instance }', data: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { instance: /do/0/attempt/try/0/first, data: { a: 1 } }
    """

  Scenario: The timeout of a try task counts while its handler runs
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: handler, version: '1.0.0' }
    do:
      - attempt:
          timeout: { after: { milliseconds: 100 } }
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            do:
              - handler:
                  wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    instance: /do/0/attempt
    """

  Scenario: What ends in time has no timeout
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: in-time, version: '1.0.0' }
    do:
      - first:
          timeout: { after: { milliseconds: 200 } }
          wait: { milliseconds: 10 }
      - second:
          wait: { milliseconds: 250 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    {}
    """

  Scenario: The shortest timeout around counts
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: shortest, version: '1.0.0' }
    do:
      - outer:
          timeout: { after: { hours: 1 } }
          do:
            - inner:
                timeout: { after: { milliseconds: 60 } }
                wait: { hours: 2 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    instance: /do/0/outer/do/0/inner
    """

  Scenario: The timeout of a list ends what has a longer one
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: outer-first, version: '1.0.0' }
    do:
      - outer:
          timeout: { after: { milliseconds: 60 } }
          do:
            - inner:
                timeout: { after: { hours: 1 } }
                wait: { hours: 2 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    instance: /do/0/outer
    """

  Scenario: A timeout may be made by an expression
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: expression, version: '1.0.0' }
    do:
      - first:
          timeout: { after: '${ .limit }' }
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

  Scenario: A workflow that takes too long faults with a timeout error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: workflow, version: '1.0.0' }
    timeout: { after: { milliseconds: 100 } }
    do:
      - first:
          wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    """

  Scenario: No task catches the workflow's timeout
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: workflow-try, version: '1.0.0' }
    timeout: { after: { milliseconds: 100 } }
    do:
      - attempt:
          try:
            - first:
                wait: { hours: 1 }
          catch:
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    """
    And handler should not run

  Scenario: A workflow's timeout may be made from its input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: workflow-expression, version: '1.0.0' }
    timeout: { after: '${ .limit }' }
    do:
      - first:
          wait: { hours: 1 }
    """
    And the workflow input is:
    """yaml
    limit: PT0.1S
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    """

  Scenario: A workflow that ends in time has no timeout
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: workflow-in-time, version: '1.0.0' }
    timeout: { after: { seconds: 20 } }
    do:
      - first:
          wait: { milliseconds: 20 }
      - second:
          set: { done: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    done: true
    """

  Scenario: A result that comes after the timeout does not count
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: late, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                timeout: { after: { milliseconds: 100 } }
                call: timeout-late
          catch:
            do:
              - handler:
                  set: { handled: true }
      - hold:
          call: timeout-late-hold
    """
    And a function 'timeout-late' that waits to be told
    And a function 'timeout-late-hold' that waits to be told
    When the workflow is started
    And the function 'timeout-late-hold' is called
    And the function 'timeout-late' returns:
    """yaml
    { late: true }
    """
    And the function 'timeout-late-hold' returns:
    """yaml
    { held: true }
    """
    Then the workflow should complete with output:
    """yaml
    held: true
    """
    And the function 'timeout-late-hold' should have been called with:
    """yaml
    { handled: true }
    """

  Scenario: A timeout is kept over a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: restart, version: '1.0.0' }
    do:
      - first:
          timeout: { after: { milliseconds: 1500 } }
          wait: { hours: 1 }
    """
    When the workflow is started
    And the workflow waits
    And the runtime restarts
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/first
    """

  Scenario: A timeout is retried like any error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: retried, version: '1.0.0' }
    do:
      - attempt:
          try:
            - count:
                set: { a: 1 }
                export: { as: '{ attempts: (($context.attempts // 0) + 1) }' }
            - first:
                if: $context.attempts < 2
                timeout: { after: { milliseconds: 60 } }
                wait: { hours: 1 }
          catch:
            retry: { limit: { attempt: { count: 3 } } }
      - after:
          set: { attempts: '${ $context.attempts }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    attempts: 2
    """

  Scenario: A task that is skipped has no timeout
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: skipped, version: '1.0.0' }
    do:
      - first:
          if: 'false'
          timeout: { after: '${ .nothing }' }
          wait: { hours: 1 }
      - second:
          set: { done: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    done: true
    """

  Scenario: Each run of a task has the timeout for itself
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: timeout, name: loop, version: '1.0.0' }
    do:
      - count:
          timeout: { after: { milliseconds: 400 } }
          do:
            - pause:
                wait: { milliseconds: 150 }
            - add:
                set: { n: '${ .n + 1 }' }
      - again:
          switch:
            - more:
                when: .n < 3
                then: count
    """
    And the workflow input is:
    """yaml
    n: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 3
    """

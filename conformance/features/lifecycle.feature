Feature: Lifecycle
  What a person does to a workflow that runs: cancel, suspend, resume, retry.

  Scenario: A workflow that is cancelled twice is cancelled
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: cancel-twice, version: '1.0.0' }
    do:
      - pause:
          wait: { hours: 1 }
    """
    When the workflow is started
    And the workflow is cancelled
    And the workflow is cancelled
    Then the workflow should be cancelled

  Scenario: No handler runs when a workflow is cancelled
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: cancel-handler, version: '1.0.0' }
    do:
      - attempt:
          try:
            - pause:
                wait: { hours: 1 }
          catch:
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is started
    And the workflow waits
    And the workflow is cancelled
    Then the workflow should be cancelled
    And handler should not run

  Scenario: A cancelled workflow stays cancelled after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: cancel-restart, version: '1.0.0' }
    do:
      - pause:
          wait: { milliseconds: 700 }
    """
    When the workflow is started
    And the workflow is cancelled
    And the runtime restarts
    Then the workflow should be cancelled

  Scenario: A suspended workflow stays suspended after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: suspend-restart, version: '1.0.0' }
    do:
      - pause:
          wait: { milliseconds: 700 }
      - after:
          set: { done: true }
    """
    When the workflow is started
    And the workflow is suspended
    And the runtime restarts
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    done: true
    """

  Scenario: A workflow that is suspended twice is resumed once
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: suspend-twice, version: '1.0.0' }
    do:
      - first:
          call: lifecycle-suspend-twice
    """
    And a function 'lifecycle-suspend-twice' that waits to be told
    When the workflow is started
    And the workflow is suspended
    And the workflow is suspended
    And the workflow is resumed
    And the function 'lifecycle-suspend-twice' is called
    And the function 'lifecycle-suspend-twice' returns:
    """yaml
    { a: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: A function that fails while the workflow is suspended fails when it is resumed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: suspend-error, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: lifecycle-suspend-error
          catch:
            do:
              - handler:
                  set: { status: '${ $error.status }' }
    """
    And a function 'lifecycle-suspend-error' that waits to be told
    When the workflow is started
    And the function 'lifecycle-suspend-error' is called
    And the workflow is suspended
    And the function 'lifecycle-suspend-error' fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 418 }
    """
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    status: 418
    """

  Scenario: A function's result counts for a workflow that was suspended over a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: suspend-restart-call, version: '1.0.0' }
    do:
      - first:
          call: lifecycle-suspend-restart
    """
    And a function 'lifecycle-suspend-restart' that waits to be told
    When the workflow is started
    And the function 'lifecycle-suspend-restart' is called
    And the workflow is suspended
    And the runtime restarts
    And the workflow is resumed
    And the function 'lifecycle-suspend-restart' returns:
    """yaml
    { a: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: A faulted workflow that is retried goes on with the task that failed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: retry-call, version: '1.0.0' }
    do:
      - first:
          call: lifecycle-retry-first
      - second:
          do:
            - inner:
                call: lifecycle-retry-second
                output: { as: '. + { inner: $input.a }' }
      - third:
          set: { all: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'lifecycle-retry-first' that returns its input
    And a function 'lifecycle-retry-second' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 503, instance: /do/1/second/do/0/inner }
    """
    When the workflow is retried
    Then the workflow should complete with output:
    """yaml
    all: { a: 1, inner: 1 }
    """
    And the function 'lifecycle-retry-first' should have been called 1 times
    And the function 'lifecycle-retry-second' should have been called 2 times

  Scenario: A faulted workflow that fails again is faulted again
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: retry-fails, version: '1.0.0' }
    do:
      - first:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 418 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 418, instance: /do/0/first }
    """
    When the workflow is retried
    Then the workflow should fault with error:
    """yaml
    { status: 418, instance: /do/0/first }
    """
    And first should run 2 times

  Scenario: A faulted workflow is retried until it succeeds
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: retry-many, version: '1.0.0' }
    do:
      - first:
          call: lifecycle-retry-many
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'lifecycle-retry-many' that returns its input after failing 2 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault
    When the workflow is retried
    Then the workflow should fault
    When the workflow is retried
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: A retried workflow has the context that it had
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: retry-context, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export: { as: . }
      - second:
          call: lifecycle-retry-context
          with: { context: '${ $context }' }
    """
    And a function 'lifecycle-retry-context' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault
    When the workflow is retried
    Then the workflow should complete with output:
    """yaml
    context: { a: 1 }
    """

  Scenario: A retried task that failed in a handler still sees the error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: retry-handler, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            do:
              - handler:
                  call: lifecycle-retry-handler
                  with: { status: '${ $error.status }' }
    """
    And a function 'lifecycle-retry-handler' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/second', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 503 }
    """
    When the workflow is retried
    Then the workflow should complete with output:
    """yaml
    status: 418
    """
    And first should run 1 times

  Scenario: A faulted workflow is retried after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: retry-restart, version: '1.0.0' }
    do:
      - first:
          call: lifecycle-retry-restart
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'lifecycle-retry-restart' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault
    When the runtime restarts
    And the workflow is retried
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: A task whose retries were used up is caught again when it is retried by hand
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: retry-try, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: lifecycle-retry-try
          catch:
            errors: { with: { status: 503 } }
            retry: { limit: { attempt: { count: 1 } } }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'lifecycle-retry-try' that returns its input after failing 2 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 503 }
    """
    And the function 'lifecycle-retry-try' should have been called 2 times
    When the workflow is retried
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And the function 'lifecycle-retry-try' should have been called 3 times

  Scenario: A workflow whose input was refused faults again when it is retried
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: retry-input, version: '1.0.0' }
    input:
      schema:
        document: { type: object, required: [ a ] }
    do:
      - first:
          set: { ran: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 400 }
    """
    When the workflow is retried
    Then the workflow should fault with error:
    """yaml
    { status: 400 }
    """
    And first should not run

  Scenario: A workflow that took too long may be retried
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: lifecycle, name: retry-timeout, version: '1.0.0' }
    timeout: { after: { milliseconds: 100 } }
    do:
      - first:
          call: lifecycle-retry-timeout
    """
    And a function 'lifecycle-retry-timeout' that waits to be told
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 408 }
    """
    When the workflow is retried
    And the function 'lifecycle-retry-timeout' returns:
    """yaml
    { a: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

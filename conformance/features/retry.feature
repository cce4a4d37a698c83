Feature: Retry
  How often, when and how long a failed try list is run again.

  # The count is that of the retries: one execution more.
  Scenario: The count is that of the retries, beside the first execution
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: count, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-count
          catch:
            retry:
              limit: { attempt: { count: 2 } }
    """
    And a function 'retry-count' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 503
    instance: /do/0/attempt/try/0/first
    """
    And the function 'retry-count' should have been called 3 times

  Scenario: A retry that succeeds ends the retries
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: succeeds, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-succeeds
          catch:
            retry:
              delay: { milliseconds: 20 }
              limit: { attempt: { count: 5 } }
            do:
              - handler:
                  set: { never: true }
      - after:
          set: { got: '${ .a }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'retry-succeeds' that returns its input after failing 2 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: 1
    """
    And the function 'retry-succeeds' should have been called 3 times
    And handler should not run

  Scenario: Without a limit it is retried until it succeeds
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: no-limit, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-no-limit
          catch:
            retry: {}
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'retry-no-limit' that returns its input after failing 8 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And the function 'retry-no-limit' should have been called 9 times

  Scenario: A count of zero is no retry
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: count-zero, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-count-zero
          catch:
            retry:
              limit: { attempt: { count: 0 } }
    """
    And a function 'retry-count-zero' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 503
    """
    And the function 'retry-count-zero' should have been called 1 times

  # Retries first; what else the handler says is done when they are used up.
  Scenario: The handler runs when the retries are used up
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: then-handler, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-then-handler
          catch:
            retry:
              limit: { attempt: { count: 1 } }
            do:
              - handler:
                  set: { caught: '${ $error.status }', input: '${ .a }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'retry-then-handler' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { caught: 503, input: 1 }
    """
    And the function 'retry-then-handler' should have been called 2 times
    And handler should run 1 times

  Scenario: The handler's directive is followed when the retries are used up
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: then-directive, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-then-directive
          catch:
            retry:
              limit: { attempt: { count: 1 } }
            then: third
      - second:
          set: { never: true }
      - third:
          set: { got: '${ .a }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'retry-then-directive' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: 1
    """

  Scenario: Used up retries let the error pass to the try task around
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: outer, version: '1.0.0' }
    do:
      - outer:
          try:
            - inner:
                try:
                  - first:
                      call: retry-outer
                catch:
                  retry:
                    limit: { attempt: { count: 1 } }
          catch:
            retry:
              limit: { attempt: { count: 1 } }
            do:
              - handler:
                  set: { instance: '${ $error.instance }' }
    """
    And a function 'retry-outer' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    instance: /do/0/outer/try/0/inner/try/0/first
    """
    And the function 'retry-outer' should have been called 4 times

  Scenario: It is retried only while the condition holds
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: when, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-when
          catch:
            as: problem
            retry:
              when: .status == 503 and $problem.status == 503 and $input.a == 1
              limit: { attempt: { count: 2 } }
            do:
              - handler:
                  set: { caught: true }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'retry-when' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: true
    """
    And the function 'retry-when' should have been called 3 times

  Scenario: Where the condition does not hold the handler runs at once
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: when-false, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-when-false
          catch:
            retry:
              when: .status == 503
              limit: { attempt: { count: 5 } }
            do:
              - handler:
                  set: { caught: true }
    """
    And a function 'retry-when-false' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 400 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: true
    """
    And the function 'retry-when-false' should have been called 1 times

  Scenario: Where exceptWhen holds it is not retried, and the error passes
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: except-when, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-except-when
          catch:
            retry:
              exceptWhen: .status == 400
              limit: { attempt: { count: 5 } }
    """
    And a function 'retry-except-when' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 400 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 400
    """
    And the function 'retry-except-when' should have been called 1 times

  Scenario: An error that is not caught is not retried
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: filter, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-filter
          catch:
            errors: { with: { status: 503 } }
            retry:
              limit: { attempt: { count: 5 } }
    """
    And a function 'retry-filter' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 400 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 400
    """
    And the function 'retry-filter' should have been called 1 times

  Scenario: A retry runs the whole list again, from the try task's transformed input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: whole-list, version: '1.0.0' }
    do:
      - attempt:
          input: { from: .a }
          try:
            - first:
                set: { n: '${ .n + 1 }', ran: '${ (.ran // 0) + 1 }' }
            - second:
                call: retry-whole-list
          catch:
            retry:
              limit: { attempt: { count: 3 } }
    """
    And the workflow input is:
    """yaml
    a: { n: 1 }
    """
    And a function 'retry-whole-list' that returns its input after failing 2 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { n: 2, ran: 1 }
    """
    And first should run 3 times
    And second should run 3 times

  Scenario: What a failed attempt exported stays
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: context, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
                export: { as: '{ attempts: (($context.attempts // 0) + 1) }' }
            - second:
                if: $context.attempts < 3
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 503 }
          catch:
            retry: {}
      - after:
          set: { attempts: '${ $context.attempts }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    attempts: 3
    """

  Scenario Outline: A <kind> backoff waits <least> ms at least before the third retry
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: delay-<kind>, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: {  a: 1 }
                export: { as: '{ starts: ($context.starts + [ $task.startedAt.epoch.milliseconds ]) }' }
            - second:
                if: $context.starts | length < 4
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 503 }
          catch:
            retry:
              delay: { milliseconds: 50 }
              backoff: { <kind>: {} }
              limit: { attempt: { count: 3 } }
      - after:
          set: { first: '${ $context.starts | .[1] - .[0] >= 50 }', third: '${ $context.starts | .[3] - .[2] >= <least> }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { first: true, third: true }
    """

    Examples:
      | kind        | least |
      | constant    | 50    |
      | linear      | 150   |
      | exponential | 200   |

  Scenario: A delay may be a text, or made by an expression
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: delay-text, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
                export: { as: '{ starts: ($context.starts + [ $task.startedAt.epoch.milliseconds ]) }' }
            - second:
                if: $context.starts | length < 2
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 503 }
          catch:
            retry:
              delay: '${ "PT0.0\($error.status - 453)S" }'
      - after:
          set: { waited: '${ $context.starts | .[1] - .[0] >= 50 }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    waited: true
    """

  Scenario: A jitter is added to the delay
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: jitter, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
                export: { as: '{ starts: ($context.starts + [ $task.startedAt.epoch.milliseconds ]) }' }
            - second:
                if: $context.starts | length < 2
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 503 }
          catch:
            retry:
              delay: { milliseconds: 40 }
              jitter: { from: { milliseconds: 40 }, to: { milliseconds: 60 } }
      - after:
          set: { waited: '${ $context.starts | .[1] - .[0] >= 80 }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    waited: true
    """

  Scenario: A retry that would come after the limit of all attempts does not come
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: limit-duration, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-limit-duration
          catch:
            retry:
              delay: { minutes: 1 }
              limit: { duration: { seconds: 30 } }
            do:
              - handler:
                  set: { caught: '${ $error.status }' }
    """
    And a function 'retry-limit-duration' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: 503
    """
    And the function 'retry-limit-duration' should have been called 1 times

  # Each attempt has the duration for itself.
  Scenario: An attempt that takes too long is a timeout error, which is retried
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: attempt-duration, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
                export: { as: '{ attempts: (($context.attempts // 0) + 1) }' }
            - second:
                if: $context.attempts < 3
                wait: { minutes: 1 }
          catch:
            retry:
              limit: { attempt: { duration: { milliseconds: 80 } } }
      - after:
          set: { attempts: '${ $context.attempts }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    attempts: 3
    """

  Scenario: The last attempt that takes too long is a timeout error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: attempt-duration-error, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                wait: { minutes: 1 }
          catch:
            retry:
              limit: { attempt: { count: 1, duration: { milliseconds: 50 } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/attempt
    """
    And first should run 2 times

  Scenario: An attempt's late result does not count
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: attempt-duration-call, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-late
          catch:
            retry:
              limit: { attempt: { count: 0, duration: { milliseconds: 100 } } }
            do:
              - handler:
                  set: { status: '${ $error.status }' }
      - hold:
          call: retry-late-hold
    """
    And a function 'retry-late' that waits to be told
    And a function 'retry-late-hold' that waits to be told
    When the workflow is started
    And the function 'retry-late-hold' is called
    And the function 'retry-late' returns:
    """yaml
    { late: true }
    """
    And the function 'retry-late-hold' returns:
    """yaml
    { held: true }
    """
    Then the workflow should complete with output:
    """yaml
    held: true
    """
    And the function 'retry-late-hold' should have been called with:
    """yaml
    { status: 408 }
    """

  Scenario: A delay that is no duration is an expression error of the try task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: delay-fails, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 503 }
          catch:
            retry:
              delay: '${ .a }'
    """
    And the workflow input is:
    """yaml
    a: soon
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/attempt
    """

  Scenario: A retry comes after a restart too
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: restart, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-restart
          catch:
            retry:
              delay: { milliseconds: 1500 }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'retry-restart' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is started
    And the workflow waits
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And the function 'retry-restart' should have been called 2 times

  Scenario: A workflow is cancelled between two attempts
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: cancel, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-cancel
          catch:
            retry:
              delay: { minutes: 10 }
    """
    And a function 'retry-cancel' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is started
    And the workflow waits
    And the workflow is cancelled
    Then the workflow should be cancelled
    And the function 'retry-cancel' should have been called 1 times

  Scenario: A retry that is due while the workflow is suspended comes when it is resumed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: suspend, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: retry-suspend
          catch:
            retry:
              delay: { milliseconds: 700 }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'retry-suspend' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is started
    And the function 'retry-suspend' is called
    And the workflow is suspended
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: A task's timeout ends its retries
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: timeout, version: '1.0.0' }
    do:
      - attempt:
          timeout: { after: { milliseconds: 150 } }
          try:
            - first:
                call: retry-timeout
          catch:
            retry:
              delay: { minutes: 10 }
    """
    And a function 'retry-timeout' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/attempt
    """

  Scenario: An error in the handler is not retried
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: handler-fails, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/first', status: 503 }
          catch:
            retry:
              limit: { attempt: { count: 1 } }
            do:
              - handler:
                  raise:
                    error: { type: 'https://example.com/errors/second', status: 500 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/second
    """
    And first should run 2 times
    And handler should run 1 times

  Scenario: A try task that is run again has all its retries again
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: retry, name: again, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 503 }
          catch:
            retry:
              limit: { attempt: { count: 1 } }
            do:
              - handler:
                  set: { n: '${ .n + 1 }' }
      - again:
          switch:
            - more:
                when: .n < 2
                then: attempt
    """
    And the workflow input is:
    """yaml
    n: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 2
    """
    And first should run 4 times

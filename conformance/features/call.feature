Feature: Call of a function
  What a function of the outside gets and gives, and what happens while it runs.

  Scenario: A function gets its arguments, and gives the output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: with, version: '1.0.0' }
    do:
      - first:
          call: call-with
          with: { a: '${ .b }', name: '${ $task.name }', literal: .b, nested: { list: [ '${ $input.b }', 2 ] } }
      - second:
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    b: 1
    """
    And a function 'call-with' that returns:
    """yaml
    { answer: 42 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: { answer: 42 }
    """
    And the function 'call-with' should have been called with:
    """yaml
    { a: 1, name: first, literal: .b, nested: { list: [ 1, 2 ] } }
    """

  Scenario: Without arguments a function gets the transformed input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: without-with, version: '1.0.0' }
    do:
      - first:
          input: { from: .a }
          call: call-without-with
    """
    And the workflow input is:
    """yaml
    a: { b: 1 }
    """
    And a function 'call-without-with' that returns its input
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    b: 1
    """
    And the function 'call-without-with' should have been called with:
    """yaml
    { b: 1 }
    """

  Scenario Outline: A function may give <value>
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: returns-<case>, version: '1.0.0' }
    do:
      - first:
          call: call-returns-<case>
      - second:
          set: { got: '${ . }' }
    """
    And a function 'call-returns-<case>' that returns:
    """yaml
    <value>
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: <value>
    """

    Examples:
      | case   | value        |
      | number | 12           |
      | null   | null         |
      | list   | [ 1, [ 2 ] ] |
      | text   | "text"       |

  Scenario: A function's output is transformed, checked and exported
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: transformations, version: '1.0.0' }
    do:
      - first:
          call: call-transformations
          output:
            as: '{ total: .amount, input: $input.id }'
            schema:
              document: { type: object, required: [ total ] }
          export: { as: '{ raw: $task.output }' }
      - second:
          set: { data: '${ . }', context: '${ $context }' }
    """
    And the workflow input is:
    """yaml
    id: 7
    """
    And a function 'call-transformations' that returns:
    """yaml
    { amount: 12 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { total: 12, input: 7 }, context: { raw: { amount: 12 } } }
    """

  Scenario: A function's output that does not match its schema is a validation error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: output-wrong, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: call-output-wrong
                output:
                  schema:
                    document: { type: object, required: [ total ] }
          catch:
            do:
              - handler:
                  set: { type: '${ $error.type | split("/") | last }', instance: '${ $error.instance }' }
    """
    And a function 'call-output-wrong' that returns:
    """yaml
    { amount: 12 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { type: validation, instance: /do/0/attempt/try/0/first }
    """

  Scenario: Arguments that cannot be evaluated are an expression error, and the function is not called
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: arguments-fail, version: '1.0.0' }
    do:
      - first:
          call: call-arguments-fail
          with: { a: '${ .a + 1 }' }
    """
    And the workflow input is:
    """yaml
    a: { no: number }
    """
    And a function 'call-arguments-fail' that returns its input
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/first
    """
    And the function 'call-arguments-fail' should have been called 0 times

  Scenario: A function's error is the task's error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: fails, version: '1.0.0' }
    do:
      - first:
          call: call-fails
      - second:
          set: { never: true }
    """
    And a function 'call-fails' that fails with error:
    """yaml
    { type: 'https://example.com/errors/refused', status: 402, title: Refused, detail: No money. }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/refused
    status: 402
    title: Refused
    detail: No money.
    instance: /do/0/first
    """
    And second should not run
    And the function 'call-fails' should have been called 1 times

  Scenario: A function's error is caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: caught, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: call-caught
          catch:
            errors: { with: { type: 'https://example.com/errors/refused' } }
            do:
              - handler:
                  set: { title: '${ $error.title }', instance: '${ $error.instance }' }
    """
    And a function 'call-caught' that fails with error:
    """yaml
    { type: 'https://example.com/errors/refused', status: 402, title: Refused }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { title: Refused, instance: /do/0/attempt/try/0/first }
    """

  Scenario: Functions are called one after the other
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: chain, version: '1.0.0' }
    do:
      - first:
          call: call-chain-one
          with: { n: '${ .n }' }
      - second:
          call: call-chain-two
          with: { n: '${ .n + 1 }' }
      - third:
          do:
            - inner:
                call: call-chain-one
                with: { n: '${ .n + 1 }' }
    """
    And the workflow input is:
    """yaml
    n: 1
    """
    And a function 'call-chain-one' that returns its input
    And a function 'call-chain-two' that returns its input
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 3
    """
    And the function 'call-chain-one' should have been called 2 times
    And second should run after first
    And inner should run after second

  Scenario: A workflow whose function runs is running
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: running, version: '1.0.0' }
    do:
      - first:
          call: call-running
    """
    And a function 'call-running' that waits to be told
    When the workflow is started
    And the function 'call-running' is called
    Then the workflow should be running
    When the function 'call-running' returns:
    """yaml
    { a: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: A function may fail late
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: told-error, version: '1.0.0' }
    do:
      - first:
          call: call-told-error
    """
    And a function 'call-told-error' that waits to be told
    When the workflow is started
    And the function 'call-told-error' is called
    And the function 'call-told-error' fails with error:
    """yaml
    { type: 'https://example.com/errors/late', status: 500 }
    """
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/late
    status: 500
    instance: /do/0/first
    """

  Scenario: A function that never answers is given up after the timeout
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: timeout-caught, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                timeout: { after: { milliseconds: 100 } }
                call: call-timeout-caught
          catch:
            errors: { with: { status: 408 } }
            do:
              - handler:
                  set: { given: up }
    """
    And a function 'call-timeout-caught' that never answers
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    given: up
    """

  Scenario: A function that runs over a restart gives its result, which counts once
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: restart, version: '1.0.0' }
    do:
      - first:
          call: call-restart
      - second:
          set: { got: '${ .a }' }
    """
    And a function 'call-restart' that waits to be told
    When the workflow is started
    And the function 'call-restart' is called
    And the runtime restarts
    And the function 'call-restart' returns:
    """yaml
    { a: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    got: 1
    """
    And second should run 1 times

  Scenario: A function that runs over a restart may fail
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: restart-error, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: call-restart-error
          catch:
            do:
              - handler:
                  set: { status: '${ $error.status }' }
    """
    And a function 'call-restart-error' that waits to be told
    When the workflow is started
    And the function 'call-restart-error' is called
    And the runtime restarts
    And the function 'call-restart-error' fails with error:
    """yaml
    { type: 'https://example.com/errors/late', status: 418 }
    """
    Then the workflow should complete with output:
    """yaml
    status: 418
    """

  Scenario: What was done before a restart is not done again
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: restart-between, version: '1.0.0' }
    do:
      - first:
          call: call-restart-between-one
      - second:
          call: call-restart-between-two
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'call-restart-between-one' that returns its input
    And a function 'call-restart-between-two' that waits to be told
    When the workflow is started
    And the function 'call-restart-between-two' is called
    And the runtime restarts
    And the function 'call-restart-between-two' returns:
    """yaml
    { b: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    b: 2
    """
    And the function 'call-restart-between-one' should have been called 1 times

  Scenario: A workflow is cancelled while a function runs, whose result does not count
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: cancel, version: '1.0.0' }
    do:
      - first:
          call: call-cancel
      - second:
          set: { never: true }
    """
    And a function 'call-cancel' that waits to be told
    When the workflow is started
    And the function 'call-cancel' is called
    And the workflow is cancelled
    And the function 'call-cancel' returns:
    """yaml
    { a: 1 }
    """
    Then the workflow should be cancelled
    And second should not run

  Scenario: The result of a function that runs while the workflow is suspended counts when it is resumed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: suspend, version: '1.0.0' }
    do:
      - first:
          call: call-suspend
      - second:
          set: { got: '${ .a }' }
    """
    And a function 'call-suspend' that waits to be told
    When the workflow is started
    And the function 'call-suspend' is called
    And the workflow is suspended
    Then the workflow should be suspended
    When the function 'call-suspend' returns:
    """yaml
    { a: 1 }
    """
    And the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    got: 1
    """
    And the function 'call-suspend' should have been called 1 times

  Scenario: A function is not called while the workflow is suspended
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: suspended-first, version: '1.0.0' }
    do:
      - pause:
          wait: { milliseconds: 700 }
      - first:
          call: call-suspended-first
    """
    And a function 'call-suspended-first' that returns:
    """yaml
    { a: 1 }
    """
    When the workflow is started
    And the workflow is suspended
    Then the workflow should be suspended
    And the function 'call-suspended-first' should have been called 0 times
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And the function 'call-suspended-first' should have been called 1 times

  Scenario: A function that is called in a loop is called each time
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: call, name: many-runs, version: '1.0.0' }
    do:
      - add:
          call: call-many-runs
          with: { n: '${ .n + 1 }' }
      - again:
          switch:
            - more:
                when: .n < 5
                then: add
    """
    And the workflow input is:
    """yaml
    n: 0
    """
    And a function 'call-many-runs' that returns its input
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 5
    """
    And the function 'call-many-runs' should have been called 5 times

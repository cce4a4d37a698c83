Feature: Run a workflow
  A task that runs another workflow, and waits for it or not.

  Scenario: The output of the workflow is the output of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: output, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: output-child, version: '1.0.0', input: { n: '${ .a + 1 }', literal: .a } } }
      - second:
          set: { got: '${ . }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: output-child, version: '1.0.0' }
    do:
      - inner:
          set: { answer: '${ .n * 2 }', literal: '${ .literal }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: { answer: 4, literal: .a }
    """
    And the workflow 'output-child' should complete
    And the workflow 'output-child' should have been started with input:
    """yaml
    { n: 2, literal: .a }
    """

  Scenario: Without input the workflow gets the task's transformed input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: input, version: '1.0.0' }
    do:
      - first:
          input: { from: .a }
          run: { workflow: { namespace: run, name: input-child, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: input-child, version: '1.0.0' }
    do:
      - inner:
          set: { got: '${ . }', raw: '${ $workflow.input }' }
    """
    And the workflow input is:
    """yaml
    a: { b: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { got: { b: 1 }, raw: { b: 1 } }
    """

  Scenario: The workflow's input may be an expression
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: input-expression, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: input-expression-child, version: '1.0.0', input: '${ [ .a, $context ] }' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: input-expression-child, version: '1.0.0' }
    do:
      - inner:
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: [ 1, {} ]
    """

  Scenario: The task transforms, checks and exports what the workflow gave
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: transformations, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: transformations-child, version: '1.0.0' } }
          output:
            as: '{ total: .n, input: $input.a }'
            schema:
              document: { type: object, required: [ total ] }
          export: { as: '{ raw: $task.output }' }
      - second:
          set: { data: '${ . }', context: '${ $context }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: transformations-child, version: '1.0.0' }
    output: { as: '{ n: .m }' }
    do:
      - inner:
          set: { m: 5 }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { total: 5, input: 1 }, context: { raw: { n: 5 } } }
    """

  Scenario: Each workflow has a context of its own
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: own-context, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export: { as: '{ from: "parent" }' }
      - second:
          run: { workflow: { namespace: run, name: own-context-child, version: '1.0.0' } }
      - third:
          set: { child: '${ .seen }', parent: '${ $context }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: own-context-child, version: '1.0.0' }
    do:
      - inner:
          set: { seen: '${ $context }' }
          export: { as: '{ from: "child" }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { child: {}, parent: { from: parent } }
    """

  Scenario: The latest version is run where the task says so
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: latest, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: latest-child, version: latest } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: latest-child, version: '1.0.0' }
    do:
      - inner:
          set: { a: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: A workflow whose child waits does not go on
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: waits, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: waits-child, version: '1.0.0' } }
      - second:
          set: { got: '${ .n }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: waits-child, version: '1.0.0' }
    do:
      - inner:
          wait: { milliseconds: 100 }
      - done:
          set: { n: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: 1
    """
    And the workflow 'waits-child' should complete
    And second should run last

  Scenario: A task may say that it waits
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: await-true, version: '1.0.0' }
    do:
      - first:
          run:
            await: true
            return: none
            workflow: { namespace: run, name: await-true-child, version: '1.0.0' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: await-true-child, version: '1.0.0' }
    do:
      - inner:
          set: { n: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """

  # Where the task does not wait, its output is its transformed input.
  Scenario: A task that does not wait goes on at once, with its transformed input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: no-await, version: '1.0.0' }
    do:
      - first:
          input: { from: .a }
          run:
            await: false
            workflow: { namespace: run, name: no-await-child, version: '1.0.0', input: { n: 1 } }
      - second:
          set: { got: '${ . }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: no-await-child, version: '1.0.0' }
    do:
      - inner:
          wait: { hours: 1 }
    """
    And the workflow input is:
    """yaml
    a: { b: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: { b: 1 }
    """
    And the workflow 'no-await-child' should be waiting
    And the workflow 'no-await-child' should have been started with input:
    """yaml
    { n: 1 }
    """

  Scenario: What becomes of a workflow that nobody waits for changes nothing
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: no-await-fails, version: '1.0.0' }
    do:
      - first:
          run:
            await: false
            workflow: { namespace: run, name: no-await-fails-child, version: '1.0.0' }
      - second:
          call: run-no-await-fails
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: no-await-fails-child, version: '1.0.0' }
    do:
      - inner:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 500 }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'run-no-await-fails' that waits to be told
    When the workflow is started
    And the workflow 'no-await-fails-child' has faulted
    And the function 'run-no-await-fails' is called
    And the function 'run-no-await-fails' returns:
    """yaml
    { b: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    b: 2
    """

  Scenario: A workflow that nobody waits for is not cancelled with its parent
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: no-await-cancel, version: '1.0.0' }
    do:
      - first:
          run:
            await: false
            workflow: { namespace: run, name: no-await-cancel-child, version: '1.0.0' }
      - second:
          wait: { hours: 1 }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: no-await-cancel-child, version: '1.0.0' }
    do:
      - inner:
          call: run-no-await-cancel
    """
    And a function 'run-no-await-cancel' that waits to be told
    When the workflow is started
    And the function 'run-no-await-cancel' is called
    And the workflow is cancelled
    And the function 'run-no-await-cancel' returns:
    """yaml
    {}
    """
    Then the workflow should be cancelled
    And the workflow 'no-await-cancel-child' should complete

  Scenario: The error of the workflow is the error of the task, which is where it stands
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: fails, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: fails-child, version: '1.0.0' } }
      - second:
          set: { never: true }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: fails-child, version: '1.0.0' }
    do:
      - outer:
          do:
            - inner:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418, title: Broken, detail: It broke. }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 418
    title: Broken
    detail: It broke.
    instance: /do/0/first
    """
    And second should not run
    And the workflow 'fails-child' should fault

  Scenario: The error of a workflow is caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: caught, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                run: { workflow: { namespace: run, name: caught-child, version: '1.0.0' } }
          catch:
            errors: { with: { status: 418 } }
            do:
              - handler:
                  set: { type: '${ $error.type }', instance: '${ $error.instance }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: caught-child, version: '1.0.0' }
    do:
      - inner:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 418 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { type: 'https://example.com/errors/broken', instance: /do/0/attempt/try/0/first }
    """

  Scenario: A retry runs a new instance of the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: retried, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                run: { workflow: { namespace: run, name: retried-child, version: '1.0.0' } }
          catch:
            retry: { limit: { attempt: { count: 2 } } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: retried-child, version: '1.0.0' }
    do:
      - inner:
          call: run-retried
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'run-retried' that returns its input after failing 2 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And the function 'run-retried' should have been called 3 times

  Scenario: A workflow that does not take its input fails the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: input-wrong, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: input-wrong-child, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: input-wrong-child, version: '1.0.0' }
    input:
      schema:
        document: { type: object, required: [ needed ] }
    do:
      - inner:
          set: { a: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    status: 400
    instance: /do/0/first
    """

  Scenario: An input that cannot be evaluated starts nothing
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: input-fails, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: input-fails-child, version: '1.0.0', input: '${ .a + 1 }' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: input-fails-child, version: '1.0.0' }
    do:
      - inner:
          set: { a: 1 }
    """
    And the workflow input is:
    """yaml
    a: { no: number }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/first
    """

  Scenario: A workflow that is not there is an error of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: unknown, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                run: { workflow: { namespace: run, name: not-there, version: '1.0.0' } }
          catch:
            do:
              - handler:
                  set: { instance: '${ $error.instance }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    instance: /do/0/attempt/try/0/first
    """

  Scenario: A version that is not there is an error of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: unknown-version, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: unknown-version-child, version: '2.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: unknown-version-child, version: '1.0.0' }
    do:
      - inner:
          set: { a: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    instance: /do/0/first
    """

  Scenario: A cancelled workflow cancels the one that it waits for
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: cancel, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: cancel-child, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: cancel-child, version: '1.0.0' }
    do:
      - inner:
          wait: { hours: 1 }
    """
    When the workflow is started
    And the workflow 'cancel-child' has waited
    And the workflow is cancelled
    Then the workflow should be cancelled
    And the workflow 'cancel-child' should be cancelled

  Scenario: A workflow that was cancelled is an error of the task that waits for it
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: child-cancelled, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                run: { workflow: { namespace: run, name: child-cancelled-child, version: '1.0.0' } }
          catch:
            do:
              - handler:
                  set: { instance: '${ $error.instance }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: child-cancelled-child, version: '1.0.0' }
    do:
      - inner:
          wait: { hours: 1 }
    """
    When the workflow is started
    And the workflow 'child-cancelled-child' has waited
    And the workflow 'child-cancelled-child' is cancelled
    Then the workflow should complete with output:
    """yaml
    instance: /do/0/attempt/try/0/first
    """

  Scenario: A task that waits too long for a workflow is a timeout error, and the workflow is cancelled
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: timeout, version: '1.0.0' }
    do:
      - first:
          timeout: { after: { milliseconds: 200 } }
          run: { workflow: { namespace: run, name: timeout-child, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: timeout-child, version: '1.0.0' }
    do:
      - inner:
          wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/first
    """
    And the workflow 'timeout-child' should be cancelled

  Scenario: A workflow's own timeout is the error of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: child-timeout, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                run: { workflow: { namespace: run, name: child-timeout-child, version: '1.0.0' } }
          catch:
            errors: { with: { status: 408 } }
            do:
              - handler:
                  set: { instance: '${ $error.instance }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: child-timeout-child, version: '1.0.0' }
    timeout: { after: { milliseconds: 80 } }
    do:
      - inner:
          wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    instance: /do/0/attempt/try/0/first
    """

  # A workflow's end ends that workflow only.
  Scenario: end in the workflow does not end the one that waits for it
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: end, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: end-child, version: '1.0.0' } }
      - second:
          set: { got: '${ . }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: end-child, version: '1.0.0' }
    do:
      - outer:
          do:
            - inner:
                set: { n: 1 }
                then: end
      - never:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: { n: 1 }
    """

  Scenario: Workflows run workflows, three levels deep
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: levels, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: levels-two, version: '1.0.0', input: { path: [ one ] } } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: levels-two, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: levels-three, version: '1.0.0', input: { path: '${ .path + [ "two" ] }' } } }
      - second:
          set: { path: '${ .path + [ "back in two" ] }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: levels-three, version: '1.0.0' }
    do:
      - first:
          set: { path: '${ .path + [ "three" ] }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    path: [ one, two, three, back in two ]
    """

  Scenario: An error of the third level goes up to the first
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: levels-fail, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: levels-fail-two, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: levels-fail-two, version: '1.0.0' }
    do:
      - middle:
          run: { workflow: { namespace: run, name: levels-fail-three, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: levels-fail-three, version: '1.0.0' }
    do:
      - deep:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 418 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 418
    instance: /do/0/first
    """
    And the workflow 'levels-fail-two' should fault
    And the workflow 'levels-fail-three' should fault

  Scenario: A cancelled workflow cancels what it runs, at each level
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: levels-cancel, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: levels-cancel-two, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: levels-cancel-two, version: '1.0.0' }
    do:
      - middle:
          run: { workflow: { namespace: run, name: levels-cancel-three, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: levels-cancel-three, version: '1.0.0' }
    do:
      - deep:
          wait: { hours: 1 }
    """
    When the workflow is started
    And the workflow 'levels-cancel-three' has waited
    And the workflow is cancelled
    Then the workflow 'levels-cancel-two' should be cancelled
    And the workflow 'levels-cancel-three' should be cancelled

  Scenario: A loop runs a workflow for each item
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: in-loop, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - child:
                run: { workflow: { namespace: run, name: in-loop-child, version: '1.0.0', input: { n: '${ $item }' } } }
                output: { as: '{ seen: ($input.seen + [ .n ]) }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: in-loop-child, version: '1.0.0' }
    do:
      - inner:
          set: { n: '${ .n * 10 }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2 ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 10, 20 ]
    """

  Scenario: Branches run workflows at the same time
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: in-fork, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  run: { workflow: { namespace: run, name: in-fork-child, version: '1.0.0', input: { n: 1 } } }
              - two:
                  run: { workflow: { namespace: run, name: in-fork-child, version: '1.0.0', input: { n: 2 } } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: in-fork-child, version: '1.0.0' }
    do:
      - pause:
          wait: { milliseconds: 50 }
      - inner:
          set: { n: '${ $workflow.input.n * 10 }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { n: 10 }, { n: 20 } ]
    """

  Scenario: The workflow of a branch that lost is cancelled
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: in-race, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - slow:
                  run: { workflow: { namespace: run, name: in-race-child, version: '1.0.0' } }
              - quick:
                  call: run-in-race
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: in-race-child, version: '1.0.0' }
    do:
      - inner:
          wait: { hours: 1 }
    """
    And a function 'run-in-race' that waits to be told
    When the workflow is started
    And the workflow 'in-race-child' has waited
    And the function 'run-in-race' is called
    And the function 'run-in-race' returns:
    """yaml
    { by: quick }
    """
    Then the workflow should complete with output:
    """yaml
    by: quick
    """
    And the workflow 'in-race-child' should be cancelled

  Scenario: A task goes on waiting for its workflow after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: restart, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: restart-child, version: '1.0.0' } }
      - second:
          set: { got: '${ .n }' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: restart-child, version: '1.0.0' }
    do:
      - inner:
          call: run-restart
    """
    And a function 'run-restart' that waits to be told
    When the workflow is started
    And the function 'run-restart' is called
    And the runtime restarts
    And the function 'run-restart' returns:
    """yaml
    { n: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    got: 1
    """
    And second should run 1 times

  Scenario: A workflow that ends while its parent is suspended counts when that is resumed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: suspend, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: suspend-child, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: suspend-child, version: '1.0.0' }
    do:
      - inner:
          call: run-suspend
    """
    And a function 'run-suspend' that waits to be told
    When the workflow is started
    And the function 'run-suspend' is called
    And the workflow is suspended
    And the function 'run-suspend' returns:
    """yaml
    { n: 1 }
    """
    And the workflow 'suspend-child' has completed
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """

  Scenario: A task that is retried by hand runs a new instance of its workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: by-hand, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: run, name: by-hand-child, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: by-hand-child, version: '1.0.0' }
    do:
      - inner:
          call: run-by-hand
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'run-by-hand' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 503, instance: /do/0/first }
    """
    When the workflow is retried
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And the function 'run-by-hand' should have been called 2 times

  Scenario: A process that is not awaited goes on by itself
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: run, name: detached, version: '1.0.0' }
    do:
      - work:
          run:
            shell:
              command: echo "sent $1"; exit 3
              arguments: [ '${ .n }' ]
            await: false
      - next:
          set: { n: '${ .n + 1 }' }
    """
    And given the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 2
    """

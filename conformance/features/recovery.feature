Feature: Recovery
  What a workflow still knows after a restart.

  Scenario: Data and context are what they were, digit by digit
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: data, version: '1.0.0' }
    do:
      - first:
          set: { id: '${ .id }', price: '${ .price }', nothing: null, text: "Zo\u00eb" }
          export: { as: '{ price: .price, list: [ 1, [], {} ] }' }
      - second:
          call: recovery-data
          output: { as: '{ data: $input, context: $context, input: $workflow.input }' }
    """
    And the workflow input is:
    """yaml
    { id: 9007199254740993, price: 1.10 }
    """
    And a function 'recovery-data' that waits to be told
    When the workflow is started
    And the function 'recovery-data' is called
    And the runtime restarts
    And the function 'recovery-data' returns:
    """yaml
    {}
    """
    Then the workflow should complete with output written as:
    """yaml
    {"data":{"id":9007199254740993,"price":1.10,"nothing":null,"text":"Zoë"},"context":{"price":1.10,"list":[1,[],{}]},"input":{"id":9007199254740993,"price":1.10}}
    """

  Scenario: The task and the workflow began when they began
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: descriptors, version: '1.0.0' }
    do:
      - before:
          set: { workflow: '${ $workflow.startedAt }', id: '${ $workflow.id }' }
          export: { as: . }
      - second:
          call: recovery-descriptors
          with: { task: '${ $task.startedAt }' }
          export: { as: '$context + { task: (.task == $task.startedAt), name: $task.name }' }
      - third:
          set:
            workflow: '${ $context.workflow == $workflow.startedAt }'
            id: '${ $context.id == $workflow.id }'
            task: '${ $context.name }'
    """
    And a function 'recovery-descriptors' that waits to be told
    When the workflow is started
    And the function 'recovery-descriptors' is called
    And the runtime restarts
    And the function 'recovery-descriptors' returns:
    """yaml
    {}
    """
    Then the workflow should complete with output:
    """yaml
    { workflow: true, id: true, task: second }
    """

  Scenario: A handler still sees the error that was caught, and the input of its task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: handler, version: '1.0.0' }
    do:
      - outer:
          try:
            - fail:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418, title: Broken }
          catch:
            as: problem
            do:
              - hold:
                  call: recovery-handler
                  output: { as: $input }
              - after:
                  set: { title: '${ $problem.title }', instance: '${ $problem.instance }', a: '${ .a }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'recovery-handler' that waits to be told
    When the workflow is started
    And the function 'recovery-handler' is called
    And the runtime restarts
    And the function 'recovery-handler' returns:
    """yaml
    {}
    """
    Then the workflow should complete with output:
    """yaml
    { title: Broken, instance: /do/0/outer/try/0/fail, a: 1 }
    """

  Scenario: Tasks in loops in loops still see the items of all of them
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: loops, version: '1.0.0' }
    do:
      - rows:
          for: { each: row, in: .rows }
          do:
            - cells:
                for: { each: cell, at: column, in: $row.cells }
                while: $column < 2
                do:
                  - hold:
                      if: $row.hold and $column == 1
                      call: recovery-loops
                      output: { as: $input }
                  - add:
                      set: { rows: '${ .rows }', seen: '${ .seen + [ "\($row.name)\($cell)\($index)\($column)" ] }' }
          output: { as: .seen }
    """
    And the workflow input is:
    """yaml
    rows: [ { name: a, cells: [ 1, 2, 3 ] }, { name: b, cells: [ 4, 5, 6 ], hold: true }, { name: c, cells: [] } ]
    """
    And a function 'recovery-loops' that waits to be told
    When the workflow is started
    And the function 'recovery-loops' is called
    And the runtime restarts
    And the function 'recovery-loops' returns:
    """yaml
    {}
    """
    Then the workflow should complete with output:
    """yaml
    [ a100, a201, b410, b511 ]
    """

  Scenario: A try task still knows how often it has tried
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: attempts, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                call: recovery-attempts
          catch:
            retry:
              delay: { milliseconds: 1000 }
              limit: { attempt: { count: 2 } }
            do:
              - handler:
                  set: { status: '${ $error.status }' }
    """
    And a function 'recovery-attempts' that fails with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is started
    And the function 'recovery-attempts' is called
    And the workflow waits
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    status: 503
    """
    And first should run 3 times

  Scenario: A branch that was done, one that failed and was caught, and one in a race are what they were
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: branches, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - done:
                  set: { n: 1 }
                  export: { as: '$context + { done: true }' }
              - caught:
                  try:
                    - fail:
                        raise:
                          error: { type: 'https://example.com/errors/broken', status: 418 }
                  catch:
                    do:
                      - hold:
                          call: recovery-branches
                          with: { status: '${ $error.status }' }
                          output: { as: '{ status: $error.status, done: $context.done }' }
              - race:
                  fork:
                    compete: true
                    branches:
                      - failed:
                          raise:
                            error: { type: 'https://example.com/errors/broken', status: 500 }
                      - won:
                          call: recovery-branches
    """
    And a function 'recovery-branches' that waits to be told
    When the workflow is started
    And the function 'recovery-branches' is called 2 times
    And the runtime restarts
    And the function 'recovery-branches' returns:
    """yaml
    { told: true }
    """
    Then the workflow should complete with output:
    """yaml
    [ { n: 1 }, { status: 418, done: true }, { told: true } ]
    """

  Scenario: The timeouts of a workflow and of its lists are kept
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: timeouts, version: '1.0.0' }
    do:
      - attempt:
          try:
            - outer:
                timeout: { after: { milliseconds: 1500 } }
                do:
                  - inner:
                      fork:
                        branches:
                          - one:
                              wait: { hours: 1 }
                          - two:
                              call: recovery-timeouts
          catch:
            do:
              - handler:
                  set: { instance: '${ $error.instance }' }
    """
    And a function 'recovery-timeouts' that never answers
    When the workflow is started
    And the function 'recovery-timeouts' is called
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    instance: /do/0/attempt/try/0/outer
    """

  Scenario: A workflow survives two restarts
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: twice, version: '1.0.0' }
    do:
      - loop:
          for: { in: '[ 1, 2 ]' }
          do:
            - first:
                call: recovery-twice-one
                output: { as: '{ seen: ($input.seen + [ $item ]) }' }
            - second:
                if: $item == 2
                call: recovery-twice-two
                output: { as: '{ seen: ($input.seen + [ .two ]) }' }
    """
    And the workflow input is:
    """yaml
    seen: []
    """
    And a function 'recovery-twice-one' that waits to be told
    And a function 'recovery-twice-two' that waits to be told
    When the workflow is started
    And the function 'recovery-twice-one' is called
    And the runtime restarts
    And the function 'recovery-twice-one' returns:
    """yaml
    {}
    """
    And the function 'recovery-twice-two' is called
    And the runtime restarts
    And the function 'recovery-twice-two' returns:
    """yaml
    { two: two }
    """
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2, two ]
    """

  Scenario: A faulted fork is retried by hand after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: by-hand, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - fine:
                  set: { n: 1 }
              - bad:
                  call: recovery-by-hand
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'recovery-by-hand' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 503, instance: /do/0/parallel/fork/branches/1/bad }
    """
    When the runtime restarts
    And the workflow is retried
    Then the workflow should complete with output:
    """yaml
    [ { n: 1 }, { a: 1 } ]
    """
    And fine should run 1 times

  Scenario: A workflow still cancels the one that it waits for
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: child-cancel, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: recovery, name: child-cancel-child, version: '1.0.0' } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: child-cancel-child, version: '1.0.0' }
    do:
      - inner:
          wait: { hours: 1 }
    """
    When the workflow is started
    And the workflow 'child-cancel-child' has waited
    And the runtime restarts
    And the workflow is cancelled
    Then the workflow should be cancelled
    And the workflow 'child-cancel-child' should be cancelled

  Scenario: Three levels of workflows go on
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: child-three, version: '1.0.0' }
    do:
      - first:
          run: { workflow: { namespace: recovery, name: child-three-two, version: '1.0.0', input: { n: 1 } } }
          output: { as: '.n + 100' }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: child-three-two, version: '1.0.0' }
    do:
      - middle:
          run: { workflow: { namespace: recovery, name: child-three-three, version: '1.0.0', input: { n: '${ .n + 1 }' } } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: child-three-three, version: '1.0.0' }
    do:
      - deep:
          wait: { milliseconds: 1500 }
      - done:
          set: { n: '${ .n * 10 }' }
    """
    When the workflow is started
    And the workflow 'child-three-three' has waited
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    120
    """

  Scenario: What has ended has ended
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: recovery, name: outcome, version: '1.0.0' }
    do:
      - first:
          set: { n: 1 }
    """
    When the workflow is executed
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    n: 1
    """
    And first should run 1 times

Feature: Fork
  Branches that run at the same time.

  Scenario: The output is the list of the branches' outputs, in the order of their declaration
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: outputs, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - slow:
                  do:
                    - pause:
                        wait: { milliseconds: 100 }
                    - done:
                        set: { by: slow }
              - quick:
                  set: { by: quick }
              - call:
                  call: fork-outputs
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'fork-outputs' that returns its input
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { by: slow }, { by: quick }, { a: 1 } ]
    """

  Scenario: Each branch gets the transformed input of the fork
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: inputs, version: '1.0.0' }
    do:
      - parallel:
          input: { from: .a }
          fork:
            compete: false
            branches:
              - one:
                  set: { got: '${ . }', raw: '${ $task.input }' }
              - two:
                  input: { from: .b }
                  set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: { b: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { got: { b: 1 }, raw: { b: 1 } }, { got: 1 } ]
    """

  Scenario: A fork transforms, checks and exports its output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: transformations, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  set: { n: 1 }
                  output: { as: .n }
              - two:
                  set: { n: 2 }
                  output: { as: .n }
          output:
            as: '{ sum: add, raw: $task.output, input: $input }'
            schema:
              document: { type: object, required: [ sum ] }
          export: { as: '{ sum: .sum }' }
      - after:
          set: { data: '${ . }', context: '${ $context }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { sum: 3, raw: [ 1, 2 ], input: { a: 1 } }, context: { sum: 3 } }
    """

  Scenario: A fork of one branch gives a list of one
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: one, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  set: { n: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { n: 1 } ]
    """

  Scenario: A branch that is skipped gives its input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: skipped-branch, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  if: .a == 2
                  set: { n: 1 }
              - two:
                  set: { n: 2 }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { a: 1 }, { n: 2 } ]
    """

  Scenario: Branches run at the same time
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: same-time, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  call: fork-same-time-one
              - two:
                  call: fork-same-time-two
    """
    And a function 'fork-same-time-one' that waits to be told
    And a function 'fork-same-time-two' that waits to be told
    When the workflow is started
    And the function 'fork-same-time-one' is called
    And the function 'fork-same-time-two' is called
    And the function 'fork-same-time-two' returns:
    """yaml
    2
    """
    And the function 'fork-same-time-one' returns:
    """yaml
    1
    """
    Then the workflow should complete with output:
    """yaml
    [ 1, 2 ]
    """

  Scenario: The fork's directive is followed when all branches are done
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: then, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  set: { n: 1 }
              - two:
                  wait: { milliseconds: 50 }
          then: third
      - second:
          set: { never: true }
      - third:
          set: { length: '${ length }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    length: 2
    """

  Scenario: A branch that leads to another one is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: then-sibling, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  set: { n: 1 }
                  then: two
              - two:
                  set: { n: 2 }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/parallel/fork/branches/0/one/then'

  # One context for all branches: each export is evaluated and applied at once, in the order of what happens.
  Scenario: All branches share one context
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: context, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  set: { n: 1 }
                  export: { as: '$context + { one: .n }' }
              - two:
                  do:
                    - pause:
                        wait: { milliseconds: 60 }
                    - after:
                        set: { seen: '${ $context.one }' }
                        export: { as: '$context + { two: 2 }' }
      - after:
          set: { outputs: '${ . }', context: '${ $context }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { outputs: [ { n: 1 }, { seen: 1 } ], context: { one: 1, two: 2 } }
    """

  Scenario: exit ends the branch, not the others
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: exit, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  do:
                    - first:
                        set: { n: 1 }
                        then: exit
                    - never:
                        set: { never: true }
              - two:
                  do:
                    - pause:
                        wait: { milliseconds: 30 }
                    - second:
                        set: { n: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { n: 1 }, { n: 2 } ]
    """

  # end is for the workflow, whichever branch says it.
  Scenario: end in a branch completes the workflow, and the other branches are cancelled
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: end, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  do:
                    - pause:
                        wait: { milliseconds: 30 }
                    - first:
                        set: { ended: true }
                        then: end
              - two:
                  do:
                    - forever:
                        wait: { hours: 1 }
                    - never:
                        set: { never: true }
          output: { as: '{ never: true }' }
      - after:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ended: true
    """
    And never should not run
    And after should not run

  Scenario: A branch itself may end the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: end-branch, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  set: { ended: true }
                  then: end
              - two:
                  wait: { hours: 1 }
      - after:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ended: true
    """

  # The first error that a branch does not catch ends the fork.
  Scenario: An error in a branch ends the fork with it, and the other branches are cancelled
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: fails, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  do:
                    - pause:
                        wait: { milliseconds: 30 }
                    - fail:
                        raise:
                          error: { type: 'https://example.com/errors/broken', status: 500 }
              - two:
                  do:
                    - forever:
                        wait: { hours: 1 }
                    - never:
                        set: { never: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 500
    instance: /do/0/parallel/fork/branches/0/one/do/1/fail
    """
    And never should not run

  Scenario: The error of a branch's own task has the branch's pointer
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: fails-branch, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  set: { n: 1 }
              - two:
                  raise:
                    error: { type: 'https://example.com/errors/broken', status: 500 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    instance: /do/0/parallel/fork/branches/1/two
    """

  Scenario: An error in a branch is caught around the fork
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: caught-around, version: '1.0.0' }
    do:
      - attempt:
          try:
            - parallel:
                fork:
                  branches:
                    - one:
                        raise:
                          error: { type: 'https://example.com/errors/broken', status: 500 }
                    - two:
                        wait: { hours: 1 }
          catch:
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
    { instance: /do/0/attempt/try/0/parallel/fork/branches/0/one, data: { a: 1 } }
    """

  Scenario: An error that a branch catches is its own matter
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: caught-inside, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  try:
                    - fail:
                        raise:
                          error: { type: 'https://example.com/errors/broken', status: 500 }
                  catch:
                    do:
                      - handler:
                          set: { caught: true }
              - two:
                  set: { n: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { caught: true }, { n: 2 } ]
    """

  Scenario: A retry around a fork runs all branches again
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: retried-around, version: '1.0.0' }
    do:
      - attempt:
          try:
            - parallel:
                fork:
                  branches:
                    - one:
                        call: fork-retried-around
                    - two:
                        set: { n: 2 }
          catch:
            retry: { limit: { attempt: { count: 1 } } }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'fork-retried-around' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { a: 1 }, { n: 2 } ]
    """
    And two should run 2 times

  Scenario: A retry in a branch does not touch the others
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: retried-inside, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  try:
                    - call:
                        call: fork-retried-inside
                  catch:
                    retry: { limit: { attempt: { count: 3 } }, delay: { milliseconds: 10 } }
              - two:
                  set: { n: 2 }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'fork-retried-inside' that returns its input after failing 2 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { a: 1 }, { n: 2 } ]
    """
    And two should run 1 times

  Scenario: The output of the first branch that is done is the output, and the others are cancelled
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: compete, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - slow:
                  do:
                    - forever:
                        wait: { hours: 1 }
                    - never:
                        set: { by: slow }
              - quick:
                  do:
                    - pause:
                        wait: { milliseconds: 30 }
                    - done:
                        set: { by: quick }
      - after:
          set: { got: '${ . }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: { by: quick }
    """
    And never should not run

  Scenario: What a branch that lost gives later does not count
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: compete-late, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - slow:
                  call: fork-compete-late-slow
              - quick:
                  call: fork-compete-late-quick
      - hold:
          call: fork-compete-late-hold
    """
    And a function 'fork-compete-late-slow' that waits to be told
    And a function 'fork-compete-late-quick' that waits to be told
    And a function 'fork-compete-late-hold' that waits to be told
    When the workflow is started
    And the function 'fork-compete-late-slow' is called
    And the function 'fork-compete-late-quick' is called
    And the function 'fork-compete-late-quick' returns:
    """yaml
    { by: quick }
    """
    And the function 'fork-compete-late-hold' is called
    And the function 'fork-compete-late-slow' returns:
    """yaml
    { by: slow }
    """
    And the function 'fork-compete-late-hold' returns:
    """yaml
    { held: true }
    """
    Then the workflow should complete with output:
    """yaml
    held: true
    """
    And the function 'fork-compete-late-hold' should have been called with:
    """yaml
    { by: quick }
    """

  # A branch that fails drops out of the race.
  Scenario: A branch that fails does not win
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: compete-fails, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - failing:
                  raise:
                    error: { type: 'https://example.com/errors/broken', status: 500 }
              - slow:
                  do:
                    - pause:
                        wait: { milliseconds: 50 }
                    - done:
                        set: { by: slow }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    by: slow
    """

  Scenario: A race that all branches fail ends with the last error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: compete-all-fail, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - late:
                  do:
                    - pause:
                        wait: { milliseconds: 50 }
                    - fail:
                        raise:
                          error: { type: 'https://example.com/errors/late', status: 500 }
              - early:
                  raise:
                    error: { type: 'https://example.com/errors/early', status: 400 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/late
    status: 500
    instance: /do/0/race/fork/branches/0/late/do/1/fail
    """

  Scenario: A race that all branches fail is caught once
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: compete-caught, version: '1.0.0' }
    do:
      - attempt:
          try:
            - race:
                fork:
                  compete: true
                  branches:
                    - one:
                        raise:
                          error: { type: 'https://example.com/errors/one', status: 400 }
                    - two:
                        raise:
                          error: { type: 'https://example.com/errors/two', status: 500 }
          catch:
            do:
              - handler:
                  set: { status: '${ $error.status }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    status: 500
    """
    And handler should run 1 times

  Scenario: What a branch that lost exported before stays
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: compete-context, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - slow:
                  do:
                    - first:
                        set: { n: 1 }
                        export: { as: '$context + { slow: true }' }
                    - forever:
                        wait: { hours: 1 }
              - quick:
                  do:
                    - pause:
                        wait: { milliseconds: 30 }
                    - done:
                        set: { by: quick }
      - after:
          set: { by: '${ .by }', slow: '${ $context.slow }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { by: quick, slow: true }
    """

  Scenario: end in a race completes the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: compete-end, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - one:
                  do:
                    - first:
                        set: { ended: true }
                        then: end
              - two:
                  wait: { hours: 1 }
      - after:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ended: true
    """

  Scenario: Forks may stand in forks
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: nested, version: '1.0.0' }
    do:
      - outer:
          fork:
            branches:
              - left:
                  fork:
                    branches:
                      - one:
                          set: { n: 1 }
                      - two:
                          do:
                            - pause:
                                wait: { milliseconds: 30 }
                            - done:
                                set: { n: 2 }
              - right:
                  fork:
                    compete: true
                    branches:
                      - three:
                          wait: { hours: 1 }
                      - four:
                          set: { n: 4 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ [ { n: 1 }, { n: 2 } ], { n: 4 } ]
    """

  Scenario: An error in an inner fork ends both
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: nested-fails, version: '1.0.0' }
    do:
      - outer:
          fork:
            branches:
              - left:
                  fork:
                    branches:
                      - one:
                          wait: { hours: 1 }
                      - two:
                          raise:
                            error: { type: 'https://example.com/errors/broken', status: 500 }
              - right:
                  wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    instance: /do/0/outer/fork/branches/0/left/fork/branches/1/two
    """

  Scenario: end in an inner fork completes the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: nested-end, version: '1.0.0' }
    do:
      - outer:
          fork:
            branches:
              - left:
                  fork:
                    branches:
                      - one:
                          wait: { hours: 1 }
                      - two:
                          set: { ended: true }
                          then: end
              - right:
                  wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ended: true
    """

  Scenario: A fork in a loop sees the item in each branch
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: in-loop, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - parallel:
                fork:
                  branches:
                    - one:
                        set: { n: '${ $item }' }
                    - two:
                        set: { n: '${ $item * 10 }' }
                output: { as: '{ items: $input.items, seen: ($input.seen + map(.n)) }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2 ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { items: [ 1, 2 ], seen: [ 1, 10, 2, 20 ] }
    """

  Scenario: Each branch may have its own loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: loop-inside, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  for: { in: .items }
                  do:
                    - pause:
                        wait: { milliseconds: 10 }
                    - add:
                        set: { seen: '${ .seen + [ $item ] }' }
              - two:
                  for: { in: '.items | reverse' }
                  do:
                    - pause:
                        wait: { milliseconds: 10 }
                    - add:
                        set: { seen: '${ .seen + [ $item ] }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2 ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { seen: [ 1, 2 ] }, { seen: [ 2, 1 ] } ]
    """

  Scenario: A fork that takes too long is a timeout error, and its branches are cancelled
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: timeout, version: '1.0.0' }
    do:
      - parallel:
          timeout: { after: { milliseconds: 80 } }
          fork:
            branches:
              - one:
                  wait: { hours: 1 }
              - two:
                  set: { n: 2 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/parallel
    """

  Scenario: A branch that takes too long is an error of the branch
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: timeout-branch, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  timeout: { after: { milliseconds: 50 } }
                  wait: { hours: 1 }
              - two:
                  wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    instance: /do/0/parallel/fork/branches/0/one
    """

  Scenario: A branch that takes too long drops out of the race
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: timeout-race, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - one:
                  timeout: { after: { milliseconds: 30 } }
                  wait: { hours: 1 }
              - two:
                  do:
                    - pause:
                        wait: { milliseconds: 90 }
                    - done:
                        set: { by: two }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    by: two
    """

  Scenario: The branches of a fork go on after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: restart, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  call: fork-restart-one
              - two:
                  do:
                    - pause:
                        wait: { milliseconds: 1500 }
                    - done:
                        set: { n: 2 }
              - three:
                  set: { n: 3 }
    """
    And a function 'fork-restart-one' that waits to be told
    When the workflow is started
    And the function 'fork-restart-one' is called
    And the runtime restarts
    And the function 'fork-restart-one' returns:
    """yaml
    { n: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    [ { n: 1 }, { n: 2 }, { n: 3 } ]
    """
    And three should run 1 times

  Scenario: A race goes on after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: restart-race, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - one:
                  call: fork-restart-race-one
              - two:
                  call: fork-restart-race-two
    """
    And a function 'fork-restart-race-one' that never answers
    And a function 'fork-restart-race-two' that waits to be told
    When the workflow is started
    And the function 'fork-restart-race-one' is called
    And the function 'fork-restart-race-two' is called
    And the runtime restarts
    And the function 'fork-restart-race-two' returns:
    """yaml
    { by: two }
    """
    Then the workflow should complete with output:
    """yaml
    by: two
    """

  Scenario: A workflow is cancelled with all branches
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: cancel, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  wait: { hours: 1 }
              - two:
                  call: fork-cancel
              - three:
                  do:
                    - pause:
                        wait: { hours: 1 }
                    - never:
                        set: { never: true }
    """
    And a function 'fork-cancel' that waits to be told
    When the workflow is started
    And the function 'fork-cancel' is called
    And the workflow is cancelled
    And the function 'fork-cancel' returns:
    """yaml
    {}
    """
    Then the workflow should be cancelled
    And never should not run

  Scenario: The results of all branches of a suspended workflow count
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: suspend, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  call: fork-suspend-one
              - two:
                  call: fork-suspend-two
    """
    And a function 'fork-suspend-one' that waits to be told
    And a function 'fork-suspend-two' that waits to be told
    When the workflow is started
    And the function 'fork-suspend-one' is called
    And the function 'fork-suspend-two' is called
    And the workflow is suspended
    And the function 'fork-suspend-one' returns:
    """yaml
    1
    """
    And the function 'fork-suspend-two' returns:
    """yaml
    2
    """
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    [ 1, 2 ]
    """

  Scenario: A workflow whose branches all wait is waiting
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: phase, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  wait: { hours: 1 }
              - two:
                  wait: { hours: 1 }
    """
    When the workflow is started
    Then the workflow should be waiting
    When the workflow is cancelled
    Then the workflow should be cancelled

  Scenario: A fork that is retried by hand goes on with the branch that failed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: by-hand, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - fine:
                  call: fork-by-hand-fine
              - bad:
                  do:
                    - first:
                        call: fork-by-hand-first
                    - second:
                        call: fork-by-hand-second
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'fork-by-hand-fine' that returns:
    """yaml
    fine
    """
    And a function 'fork-by-hand-first' that waits to be told
    And a function 'fork-by-hand-second' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is started
    And the task 'fine' has run 1 times
    And the function 'fork-by-hand-fine' is called
    And the function 'fork-by-hand-first' is called
    And the function 'fork-by-hand-first' returns:
    """yaml
    { b: 2 }
    """
    Then the workflow should fault with error:
    """yaml
    { status: 503, instance: /do/0/parallel/fork/branches/1/bad/do/1/second }
    """
    When the workflow is retried
    Then the workflow should complete with output:
    """yaml
    [ fine, { b: 2 } ]
    """
    And the function 'fork-by-hand-first' should have been called 1 times
    And the function 'fork-by-hand-second' should have been called 2 times

  Scenario: A fork that is retried by hand begins the branches that were cancelled again
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: by-hand-cancelled, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - cancelled:
                  do:
                    - pause:
                        wait: { milliseconds: 400 }
                    - done:
                        set: { n: 1 }
              - bad:
                  call: fork-by-hand-cancelled
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    And a function 'fork-by-hand-cancelled' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 503, instance: /do/0/parallel/fork/branches/1/bad }
    """
    When the workflow is retried
    Then the workflow should complete with output:
    """yaml
    [ { n: 1 }, { a: 1 } ]
    """

  Scenario: A branch itself may exit
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: exit-branch, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  set: { n: 1 }
                  then: exit
              - two:
                  do:
                    - pause:
                        wait: { milliseconds: 30 }
                    - done:
                        set: { n: 2 }
      - after:
          set: { got: '${ . }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: [ { n: 1 }, { n: 2 } ]
    """

  Scenario: exit behind a fork leaves the list that the fork stands in
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: exit-around, version: '1.0.0' }
    do:
      - outer:
          do:
            - parallel:
                fork:
                  branches:
                    - one:
                        set: { n: 1 }
                    - two:
                        set: { n: 2 }
                then: exit
            - never:
                set: { never: true }
      - after:
          set: { length: '${ length }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    length: 2
    """

  Scenario: Where two branches fail, the first error counts
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: both-fail, version: '1.0.0' }
    do:
      - attempt:
          try:
            - parallel:
                fork:
                  branches:
                    - one:
                        do:
                          - pause:
                              wait: { milliseconds: 60 }
                          - fail:
                              raise:
                                error: { type: 'https://example.com/errors/late', status: 500 }
                    - two:
                        raise:
                          error: { type: 'https://example.com/errors/early', status: 400 }
          catch:
            do:
              - handler:
                  set: { status: '${ $error.status }' }
              - pause:
                  wait: { milliseconds: 100 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    status: 400
    """
    And handler should run 1 times
    And fail should not run

  Scenario: A fork that is run again joins its branches anew
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: fork, name: repeated, version: '1.0.0' }
    do:
      - parallel:
          fork:
            branches:
              - one:
                  set: { n: '${ .n + 1 }' }
              - two:
                  set: { n: '${ .n + 10 }' }
          output: { as: '{ n: (map(.n) | add) }' }
      - again:
          switch:
            - more:
                when: .n < 30
                then: parallel
    """
    And the workflow input is:
    """yaml
    n: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 33
    """
    And one should run 2 times

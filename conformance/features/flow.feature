Feature: Flow directives
  continue, exit, end, and the name of a task in the same list.

  Scenario: continue is what happens anyway
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: continue, version: '1.0.0' }
    do:
      - first:
          set: { list: [ 1 ] }
          then: continue
      - second:
          set: { list: '${ .list + [ 2 ] }' }
          then: continue
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    list: [ 1, 2 ]
    """

  Scenario: A name leads forward, over other tasks
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: forward, version: '1.0.0' }
    do:
      - first:
          set: { list: [ 1 ] }
          then: third
      - second:
          set: { list: '${ .list + [ 2 ] }' }
      - third:
          set: { list: '${ .list + [ 3 ] }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    list: [ 1, 3 ]
    """
    And second should not run

  Scenario: A name leads backward, which makes a loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: backward, version: '1.0.0' }
    do:
      - count:
          set: { n: '${ .n + 1 }' }
      - again:
          switch:
            - more:
                when: .n < 4
                then: count
      - done:
          set: { n: '${ .n }', done: true }
    """
    And the workflow input is:
    """yaml
    n: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { n: 4, done: true }
    """
    And count should run 4 times
    And again should run 4 times
    And done should run last

  Scenario: A task may lead to itself
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: itself, version: '1.0.0' }
    do:
      - again:
          switch:
            - more:
                when: .n < $context.n
                then: end
            - count:
                then: again
          export: { as: '{ n: (($context.n // 0) + 1) }' }
      - never:
          set: { never: true }
    output: { as: '{ n: $context.n }' }
    """
    And the workflow input is:
    """yaml
    n: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 4
    """

  Scenario: A loop of many rounds ends
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: many-rounds, version: '1.0.0' }
    do:
      - count:
          set: { n: '${ .n + 1 }' }
      - again:
          switch:
            - more:
                when: .n < 1500
                then: count
    """
    And the workflow input is:
    """yaml
    n: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1500
    """

  Scenario: A name leads to a task of the list that it stands in
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: inside, version: '1.0.0' }
    do:
      - outer:
          do:
            - first:
                set: { list: [ inner-1 ] }
                then: third
            - second:
                set: { list: '${ .list + [ "inner-2" ] }' }
            - third:
                set: { list: '${ .list + [ "inner-3" ] }' }
      - second:
          set: { list: '${ .list + [ "outer-2" ] }' }
      - third:
          set: { list: '${ .list + [ "outer-3" ] }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    list: [ inner-1, inner-3, outer-2, outer-3 ]
    """

  Scenario: A name of another list is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: outside, version: '1.0.0' }
    do:
      - outer:
          do:
            - inner:
                set: { a: 1 }
                then: after
      - after:
          set: { b: 1 }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/outer/do/0/inner/then'

  Scenario: A name that no task has is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: unknown, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          then: nowhere
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/first/then'

  Scenario: end completes the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: end-top, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          then: end
      - second:
          set: { b: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And second should not run

  Scenario: end completes the workflow from any depth
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: end-deep, version: '1.0.0' }
    output:
      as: '{ workflow: . }'
    do:
      - one:
          do:
            - two:
                do:
                  - three:
                      set: { a: 1 }
                      output: { as: '{ task: .a }' }
                      then: end
                  - four:
                      set: { never: 4 }
                output: { as: '{ two: . }' }
            - five:
                set: { never: 5 }
          output: { as: '{ one: . }' }
      - six:
          set: { never: 6 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    workflow: { task: 1 }
    """
    And four should not run
    And five should not run
    And six should not run

  Scenario: exit in the workflow's own list completes the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: exit-top, version: '1.0.0' }
    output:
      as: '{ workflow: . }'
    do:
      - first:
          set: { a: 1 }
          then: exit
      - second:
          set: { b: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    workflow: { a: 1 }
    """

  Scenario: exit completes the task that the list belongs to
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: exit-nested, version: '1.0.0' }
    do:
      - outer:
          do:
            - first:
                set: { a: 1 }
                then: exit
            - second:
                set: { b: 2 }
          output: { as: '{ outer: . }' }
      - after:
          set: { before: '${ . }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    before: { outer: { a: 1 } }
    """
    And second should not run
    And after should run last

  Scenario: exit leaves one list only
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: exit-one-level, version: '1.0.0' }
    do:
      - one:
          do:
            - two:
                do:
                  - three:
                      set: { list: [ 3 ] }
                      then: exit
                  - four:
                      set: { list: '${ .list + [ 4 ] }' }
            - five:
                set: { list: '${ .list + [ 5 ] }' }
      - six:
          set: { list: '${ .list + [ 6 ] }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    list: [ 3, 5, 6 ]
    """

  Scenario: After an exit, the directive of the task that was left counts
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: exit-then, version: '1.0.0' }
    do:
      - outer:
          do:
            - first:
                set: { a: 1 }
                then: exit
          then: third
      - second:
          set: { b: 2 }
      - third:
          set: { before: '${ . }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    before: { a: 1 }
    """
    And second should not run

  Scenario: exit in a try list completes the try task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: exit-try, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
                then: exit
            - second:
                raise:
                  error: { type: 'https://example.com/errors/never', status: 500 }
          catch: {}
      - after:
          set: { before: '${ . }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    before: { a: 1 }
    """

  Scenario: exit in a handler completes the try task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: exit-catch, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            do:
              - second:
                  set: { caught: true }
                  then: exit
              - third:
                  set: { never: true }
      - after:
          set: { before: '${ . }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    before: { caught: true }
    """
    And third should not run

  Scenario: end in a try list completes the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: end-try, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
                then: end
          catch: {}
      - after:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: end in a handler completes the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: end-catch, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            do:
              - second:
                  set: { caught: '${ $error.status }' }
                  then: end
      - after:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: 500
    """

  Scenario: A list's own directive is followed when its last task is done
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: do-then, version: '1.0.0' }
    do:
      - outer:
          do:
            - inner:
                set: { a: 1 }
          then: end
      - after:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: The last task may lead back, and an end inside ends it
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: flow, name: last-name, version: '1.0.0' }
    do:
      - choose:
          switch:
            - done:
                when: .n >= 2
                then: end
      - count:
          set: { n: '${ .n + 1 }' }
          then: choose
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
    And choose should run 3 times

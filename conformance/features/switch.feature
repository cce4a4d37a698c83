Feature: Switch
  The first case that holds says where the flow goes.

  Scenario: The first case that holds wins
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: first-wins, version: '1.0.0' }
    do:
      - choose:
          switch:
            - no:
                when: .a > 5
                then: high
            - yes:
                when: .a > 1
                then: middle
            - too:
                when: .a > 0
                then: low
      - low:
          set: { got: low }
          then: end
      - middle:
          set: { got: middle }
          then: end
      - high:
          set: { got: high }
          then: end
    """
    And the workflow input is:
    """yaml
    a: 3
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: middle
    """
    And low should not run
    And high should not run

  Scenario: The default case counts wherever it stands
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: default-first, version: '1.0.0' }
    do:
      - choose:
          switch:
            - otherwise:
                then: other
            - yes:
                when: .a == 1
                then: one
      - other:
          set: { got: other }
          then: end
      - one:
          set: { got: one }
          then: end
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: one
    """

  Scenario: The default case is taken where no other case holds
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: default-taken, version: '1.0.0' }
    do:
      - choose:
          switch:
            - yes:
                when: .a == 1
                then: one
            - otherwise:
                then: other
            - also:
                when: .a == 3
                then: one
      - one:
          set: { got: one }
          then: end
      - other:
          set: { got: other }
          then: end
    """
    And the workflow input is:
    """yaml
    a: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: other
    """

  Scenario: Two default cases are told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: several-defaults, version: '1.0.0' }
    do:
      - choose:
          switch:
            - one:
                then: continue
            - two:
                then: end
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/choose/switch/1/two'

  Scenario: Where no case holds, the task's own directive counts
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: none-then, version: '1.0.0' }
    do:
      - choose:
          switch:
            - yes:
                when: .a == 1
                then: one
          then: other
      - one:
          set: { got: one }
      - other:
          set: { got: other, before: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { got: other, before: { a: 2 } }
    """

  Scenario: Where no case holds and nothing else is said, the flow continues
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: none-continue, version: '1.0.0' }
    do:
      - choose:
          switch:
            - yes:
                when: .a == 1
                then: last
      - next:
          set: { next: true }
      - last:
          set: { last: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    last: { next: true }
    """

  Scenario: A case that holds comes before the task's own directive
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: case-over-then, version: '1.0.0' }
    do:
      - choose:
          switch:
            - yes:
                when: .a == 1
                then: one
          then: end
      - other:
          set: { got: other }
      - one:
          set: { got: one }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: one
    """

  Scenario: A case may continue
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: case-continue, version: '1.0.0' }
    do:
      - choose:
          switch:
            - yes:
                when: .a == 1
                then: continue
            - no:
                then: end
      - next:
          set: { got: next }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: next
    """

  Scenario: A case may exit the list that it stands in
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: case-exit, version: '1.0.0' }
    do:
      - outer:
          do:
            - choose:
                switch:
                  - yes:
                      when: .a == 1
                      then: exit
            - inner:
                set: { got: inner }
      - after:
          set: { got: after, before: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { got: after, before: { a: 1 } }
    """

  Scenario: A case may end the workflow from inside a list
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: case-end, version: '1.0.0' }
    do:
      - outer:
          do:
            - choose:
                switch:
                  - yes:
                      when: .a == 1
                      then: end
            - inner:
                set: { got: inner }
      - after:
          set: { got: after }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """

  Scenario: Cases are evaluated on the transformed input, which is the output too
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: transformed, version: '1.0.0' }
    do:
      - choose:
          input: { from: .a }
          switch:
            - yes:
                when: .b == 1 and $input.b == 1 and $task.input.a.b == 1
                then: one
      - other:
          set: { got: other }
      - one:
          set: { got: '${ . }' }
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

  Scenario: A switch transforms its output and exports like any task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: output, version: '1.0.0' }
    do:
      - choose:
          switch:
            - yes:
                when: .a == 1
                then: one
          output: { as: '{ b: .a }' }
          export: { as: '{ c: .b }' }
      - other:
          set: { got: other }
      - one:
          set: { data: '${ . }', context: '${ $context }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { b: 1 }, context: { c: 1 } }
    """

  Scenario: A case that fails is an expression error of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: fails, version: '1.0.0' }
    do:
      - choose:
          switch:
            - yes:
                when: .a + 1 == 2
                then: end
      - next:
          set: { never: true }
    """
    And the workflow input is:
    """yaml
    a: text
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/choose
    """

  Scenario: Cases behind the one that holds are not evaluated
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: not-evaluated, version: '1.0.0' }
    do:
      - choose:
          switch:
            - yes:
                when: .a == "text"
                then: next
            - fails:
                when: .a + 1 == 2
                then: end
      - next:
          set: { ran: true }
    """
    And the workflow input is:
    """yaml
    a: text
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ran: true
    """

  Scenario: A case that leads nowhere is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: switch, name: unknown-task, version: '1.0.0' }
    do:
      - choose:
          switch:
            - yes:
                when: .a == 1
                then: nowhere
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/choose/switch/0/yes/then'

Feature: Do
  A list of tasks, one after the other: each one's output is the next one's input.

  Scenario: The output of a task is the input of the next
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: chain, version: '1.0.0' }
    do:
      - outer:
          do:
            - first:
                set: { list: '${ .list + [ 1 ] }' }
            - second:
                set: { list: '${ .list + [ 2 ] }' }
      - last:
          set: { list: '${ .list + [ 3 ] }' }
    """
    And the workflow input is:
    """yaml
    list: [ 0 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    list: [ 0, 1, 2, 3 ]
    """
    And outer should run first
    And second should run after first
    And last should run last

  Scenario: Lists may stand in lists
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: deep, version: '1.0.0' }
    do:
      - one:
          do:
            - two:
                do:
                  - three:
                      do:
                        - four:
                            set: { path: '${ $task.reference }' }
            - after:
                set: { path: '${ .path }', after: '${ $task.reference }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { path: /do/0/one/do/0/two/do/0/three/do/0/four, after: /do/0/one/do/1/after }
    """

  Scenario: An empty list hands on its input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: empty, version: '1.0.0' }
    do:
      - outer:
          input: { from: .a }
          do: []
    """
    And the workflow input is:
    """yaml
    a: { b: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    b: 1
    """

  Scenario: A workflow without tasks hands on its input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: empty-workflow, version: '1.0.0' }
    do: []
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

  Scenario: A list has an input and an output of its own
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: transformations, version: '1.0.0' }
    do:
      - outer:
          input: { from: '{ value: .a }' }
          do:
            - first:
                set: { value: '${ .value + 1 }', raw: '${ $task.input }' }
            - second:
                set: { value: '${ .value + 1 }', raw: '${ .raw }' }
          output: { as: '{ result: .value, raw: .raw, input: $input }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { result: 3, raw: { value: 1 }, input: { value: 1 } }
    """

  Scenario: Names need to be unique in their own list only
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: same-names, version: '1.0.0' }
    do:
      - step:
          do:
            - step:
                set: { a: '${ .a + 1 }' }
            - other:
                set: { a: '${ .a * 10 }' }
                then: continue
      - other:
          set: { a: '${ .a + 5 }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 25
    """

  Scenario: A name that stands twice in a list is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: duplicate, version: '1.0.0' }
    do:
      - step:
          set: { a: 1 }
      - step:
          set: { a: 2 }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/1/step'

  Scenario: An error inside ends the list and the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: fails, version: '1.0.0' }
    do:
      - outer:
          do:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
            - second:
                set: { never: true }
      - after:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 418
    instance: /do/0/outer/do/0/first
    """
    And second should not run
    And after should not run

  Scenario: A list as a whole may be skipped
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: condition, version: '1.0.0' }
    do:
      - outer:
          if: .a == 2
          do:
            - inner:
                set: { a: 3 }
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
    And inner should not run

  Scenario: A list's output is checked against its schema
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: do, name: schema, version: '1.0.0' }
    do:
      - outer:
          do:
            - inner:
                set: { a: text }
          output:
            schema:
              document: { type: object, properties: { a: { type: integer } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    instance: /do/0/outer
    """

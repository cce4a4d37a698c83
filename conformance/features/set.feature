Feature: Set
  A set task's output is what it says, and nothing of its input.

  Scenario: An object replaces the data
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: set, name: replaces, version: '1.0.0' }
    do:
      - first:
          set: { a: 1, b: 2 }
      - second:
          set: { c: '${ .a + .b }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    c: 3
    """
    And first should run first
    And second should run last

  Scenario: A wrapped text gives any value
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: set, name: wrapped-text, version: '1.0.0' }
    do:
      - first:
          set: '${ [ .a, .a + 1 ] }'
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ 1, 2 ]
    """

  Scenario: A bare text is an expression too
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: set, name: bare-text, version: '1.0.0' }
    do:
      - first:
          set: .a
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

  Scenario: Members do not see each other
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: set, name: simultaneous, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ .b }', b: '${ .a }' }
    """
    And the workflow input is:
    """yaml
    { a: 1, b: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { a: 2, b: 1 }
    """

  Scenario: A set task sees its transformed input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: set, name: transformed, version: '1.0.0' }
    do:
      - first:
          input: { from: .a }
          set: { got: '${ .b }', input: '${ $input.b }' }
    """
    And the workflow input is:
    """yaml
    a: { b: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { got: 1, input: 1 }
    """

  Scenario: An expression that fails is an error of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: set, name: fails, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
      - second:
          set: { b: '${ .a | keys }' }
      - third:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/1/second
    """
    And third should not run

  Scenario: An expression may raise an error by itself
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: set, name: error-function, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ error("no such thing") }' }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    """

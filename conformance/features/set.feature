Feature: Set

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

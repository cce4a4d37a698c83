Feature: Functions of a workflow

  Scenario: The arguments are the function's input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: function, name: with, version: '1.0.0' }
    use:
      functions:
        double:
          input:
            schema: { document: { type: object, required: [ n ], properties: { n: { type: integer } } } }
          set: { n: '${ .n * 2 }' }
    do:
      - once:
          call: double
          with: { n: '${ .start }' }
    """
    And given the workflow input is:
    """yaml
    start: 4
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 8
    """

  Scenario: Without arguments the task's input is
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: function, name: without, version: '1.0.0' }
    use:
      functions:
        double:
          input:
            schema: { document: { type: object, required: [ n ], properties: { n: { type: integer } } } }
          set: { n: '${ .n * 2 }' }
    do:
      - once:
          call: double
    """
    And given the workflow input is:
    """yaml
    n: 5
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 10
    """

  Scenario: The function's schema is asked
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: function, name: schema, version: '1.0.0' }
    use:
      functions:
        double:
          input:
            schema: { document: { type: object, required: [ n ], properties: { n: { type: integer } } } }
          set: { n: '${ .n * 2 }' }
    do:
      - once:
          call: double
          with: { n: many }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 400, instance: /use/functions/double }
    """

  Scenario: The call's own output.as follows
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: function, name: output, version: '1.0.0' }
    use:
      functions:
        double:
          input:
            schema: { document: { type: object, required: [ n ], properties: { n: { type: integer } } } }
          set: { n: '${ .n * 2 }' }
    do:
      - once:
          call: double
          with: { n: 1 }
          output: { as: .n }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    2
    """

  Scenario: A function may call a function
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: function, name: nested, version: '1.0.0' }
    use:
      functions:
        inner: { set: { n: '${ .n + 1 }' } }
        outer: { call: inner, with: { n: '${ .n * 10 }' } }
    do:
      - go:
          call: outer
          with: { n: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 21
    """

  Scenario: Functions that call each other are refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: function, name: circle, version: '1.0.0' }
    use:
      functions:
        ping: { call: pong }
        pong: { call: ping }
    do:
      - go:
          call: ping
    """
    When the workflow is deployed
    Then the workflow should be refused

  Scenario: A function that waits goes on after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: function, name: restart, version: '1.0.0' }
    use:
      functions:
        slow:
          do:
            - pause:
                wait: PT0.3S
            - done:
                set: { done: true }
    do:
      - go:
          call: slow
    """
    When the workflow is started
    And the workflow waits
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    done: true
    """

  Scenario: Two branches call one function at the same time
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: function, name: parallel, version: '1.0.0' }
    use:
      functions:
        slow:
          do:
            - pause:
                wait: PT0.05S
            - done:
                set: { n: '${ .n + 1 }' }
    do:
      - both:
          fork:
            branches:
              - a: { call: slow, with: { n: 1 } }
              - b: { call: slow, with: { n: 2 } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { n: 2 }, { n: 3 } ]
    """

  Scenario: An error of a function can be caught where it is called
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: function, name: caught, version: '1.0.0' }
    use:
      functions:
        broken: { raise: { error: { type: 'https://example.com/broken', status: 500 } } }
    do:
      - guarded:
          try:
            - go: { call: broken }
          catch:
            do:
              - note: { set: { caught: '${ $error.status }' } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: 500
    """

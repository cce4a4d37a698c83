Feature: Emit

  Scenario: What is missing of an event is added
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: emit, name: defaults, version: '1.0.0' }
    do:
      - tell:
          emit: { event: { with: { type: emit.defaults } } }
    """
    When the workflow is executed
    Then the workflow should complete
    And the workflow output should have properties 'id', 'time', 'specversion'
    And the workflow output should have a 'source' property with value:
    """yaml
    /emit/defaults/1.0.0
    """

  Scenario: What the author gives stays
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: emit, name: given, version: '1.0.0' }
    do:
      - tell:
          emit:
            event:
              with: { id: my-id, source: /me, type: emit.given, subject: s, time: '2026-01-02T03:04:05Z', tenant: acme, data: { a: '${ .a }' } }
    """
    And given the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow output should contain:
    """yaml
    { id: my-id, source: /me, type: emit.given, subject: s, time: '2026-01-02T03:04:05Z', tenant: acme, specversion: '1.0', data: { a: 1 } }
    """

  Scenario: Two events of one task have different ids
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: emit, name: ids, version: '1.0.0' }
    do:
      - loop:
          for: { in: '${ [1, 2] }' }
          do:
            - tell:
                emit: { event: { with: { type: emit.ids } } }
                export: { as: '{ ids: (($context.ids // []) + [.id]) }' }
      - count:
          set: '${ $context.ids | unique | length }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    2
    """

  Scenario: A workflow hears what another branch emits
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: emit, name: inside, version: '1.0.0' }
    do:
      - both:
          fork:
            branches:
              - hear:
                  listen: { to: { one: { with: { type: emit.inside } } } }
              - tell:
                  do:
                    - pause:
                        wait: PT0.1S
                    - say:
                        emit: { event: { with: { type: emit.inside, data: hello } } }
                    - quiet:
                        set: '${ "said" }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ [ hello ], said ]
    """

  Scenario: An event that was emitted before the listening is heard
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: emit, name: before, version: '1.0.0' }
    do:
      - say:
          emit: { event: { with: { type: emit.before, data: 1 } } }
      - hear:
          listen: { to: { one: { with: { type: emit.before } } } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ 1 ]
    """

  Scenario: A child tells its parent by an event
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: emit, name: child, version: '1.0.0' }
    do:
      - both:
          fork:
            branches:
              - hear:
                  listen: { to: { one: { with: { type: emit.child } } } }
              - start:
                  run: { workflow: { namespace: emit, name: teller, version: '1.0.0', input: { n: 4 } } }
    """
    And another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: emit, name: teller, version: '1.0.0' }
    do:
      - say:
          emit: { event: { with: { type: emit.child, data: '${ .n }' } } }
          output: { as: .type }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ [ 4 ], emit.child ]
    """

  Scenario: An event without a type is refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: emit, name: no-type, version: '1.0.0' }
    do:
      - say:
          emit: { event: { with: { source: /x } } }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/say/emit/event/with'

  Scenario: An expression that fails is the task's error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: emit, name: error, version: '1.0.0' }
    do:
      - say:
          emit: { event: { with: { type: emit.error, data: '${ .a | explode }' } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 400, instance: /do/0/say }
    """

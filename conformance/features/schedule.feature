Feature: Schedules

  Scenario: An event starts an instance, whose input is the array of its data
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: on-one, version: '1.0.0' }
    schedule:
      on:
        one: { with: { type: schedule.on-one } }
    do:
      - keep:
          set: '${ $workflow.input }'
    """
    When the workflow is deployed
    And the event is published:
    """yaml
    { type: schedule.on-one, data: { n: 1 } }
    """
    Then the workflow 'on-one' should have been started with input:
    """yaml
    [ { n: 1 } ]
    """
    And the workflow 'on-one' should complete

  Scenario: All the events that a schedule asks for start one instance
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: on-all, version: '1.0.0' }
    schedule:
      on:
        all:
          - with: { type: schedule.on-all.a }
          - with: { type: schedule.on-all.b }
    do:
      - keep:
          set: '${ $workflow.input }'
    """
    When the workflow is deployed
    And the event is published:
    """yaml
    { type: schedule.on-all.a, data: 1 }
    """
    And the runtime restarts
    And the event is published:
    """yaml
    { type: schedule.on-all.b, data: 2 }
    """
    Then the workflow 'on-all' should have been started with input:
    """yaml
    [ 1, 2 ]
    """

  Scenario: read: envelope gives the whole event
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: on-envelope, version: '1.0.0' }
    schedule:
      on:
        one: { with: { type: schedule.on-envelope } }
      read: envelope
    do:
      - keep:
          set: '${ $workflow.input }'
    """
    When the workflow is deployed
    And the event is published:
    """yaml
    { id: e, source: /s, type: schedule.on-envelope, data: 1 }
    """
    Then the workflow 'on-envelope' should have been started with input:
    """yaml
    [ { id: e, source: /s, type: schedule.on-envelope, specversion: '1.0', data: 1 } ]
    """

  Scenario: A condition decides which events start
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: on-condition, version: '1.0.0' }
    schedule:
      on:
        one: { with: { type: schedule.on-condition, data: '${ .n > 1 }' } }
    do:
      - keep:
          set: '${ $workflow.input }'
    """
    When the workflow is deployed
    And the event is published:
    """yaml
    { type: schedule.on-condition, data: { n: 1 } }
    """
    And the event is published:
    """yaml
    { type: schedule.on-condition, data: { n: 2 } }
    """
    Then the workflow 'on-condition' should have been started with input:
    """yaml
    [ { n: 2 } ]
    """

  Scenario: An interval starts instances
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: every, version: '1.0.0' }
    schedule: { every: PT1S }
    do:
      - keep: { set: { n: 1 } }
    """
    When the workflow is deployed
    Then the workflow 'every' should complete

  Scenario: A workflow starts again after its end
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: after, version: '1.0.0' }
    schedule: { after: PT0.1S }
    do:
      - keep: { set: { n: 1 } }
    """
    When the workflow is deployed
    Then the workflow 'after' should complete

  Scenario: A schedule does not keep anybody from starting the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: by-hand, version: '1.0.0' }
    schedule: { cron: '0 0 1 1 *' }
    do:
      - keep: { set: { n: 1 } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """

  Scenario: A cron expression with a zone is accepted
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: zone, version: '1.0.0' }
    schedule: { cron: 'CRON_TZ=Europe/Paris 30 4 * * 1-5' }
    do:
      - keep: { set: { n: 1 } }
    """
    When the workflow is deployed
    Then the workflow should be accepted

  Scenario: A wrong cron expression is refused: minute
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: wrong-minute, version: '1.0.0' }
    schedule: { cron: '61 * * * *' }
    do:
      - keep: { set: { n: 1 } }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/schedule/cron'

  Scenario: A wrong cron expression is refused: fields
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: wrong-fields, version: '1.0.0' }
    schedule: { cron: '* * * *' }
    do:
      - keep: { set: { n: 1 } }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/schedule/cron'

  Scenario: A wrong cron expression is refused: zone
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: wrong-zone, version: '1.0.0' }
    schedule: { cron: 'CRON_TZ=Nowhere/City * * * * *' }
    do:
      - keep: { set: { n: 1 } }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/schedule/cron'

  Scenario: A wrong cron expression is refused: text
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: schedule, name: wrong-text, version: '1.0.0' }
    schedule: { cron: 'daily' }
    do:
      - keep: { set: { n: 1 } }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/schedule/cron'

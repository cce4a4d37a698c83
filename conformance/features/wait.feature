Feature: Wait
  A task that does nothing for a time.

  Scenario Outline: A duration may be written as <case>
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: form-<case>, version: '1.0.0' }
    do:
      - before:
          set: { at: '${ $task.startedAt.epoch.milliseconds }' }
      - pause:
          wait: <duration>
      - after:
          set: { waited: '${ $task.startedAt.epoch.milliseconds - .at >= 60 }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    waited: true
    """

    Examples:
      | case       | duration               |
      | object     | { milliseconds: 60 }   |
      | text       | PT0.06S                |
      | expression | ${ "PT0.0\\(5 + 1)S" } |

  Scenario: A duration is made from the transformed input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: computed, version: '1.0.0' }
    do:
      - before:
          set: { pause: { milliseconds: 60 }, at: '${ $task.startedAt.epoch.milliseconds }' }
      - pause:
          input: { from: '. + { half: (.pause.milliseconds / 2) }' }
          wait: { milliseconds: '${ .half * 2 }' }
      - after:
          set: { waited: '${ $task.startedAt.epoch.milliseconds - .at >= 60 }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    waited: true
    """

  Scenario: A wait hands on its transformed input, and transforms its output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: output, version: '1.0.0' }
    do:
      - pause:
          input: { from: .a }
          wait: PT0.01S
          output: { as: '{ out: ., raw: $task.input }' }
          export: { as: '{ waited: true }' }
      - after:
          set: { data: '${ . }', context: '${ $context }' }
    """
    And the workflow input is:
    """yaml
    a: { b: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { out: { b: 1 }, raw: { a: { b: 1 } } }, context: { waited: true } }
    """

  Scenario: A wait of no time goes on at once
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: zero, version: '1.0.0' }
    do:
      - pause:
          wait: PT0S
      - after:
          set: { done: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    done: true
    """

  Scenario: A workflow that waits is waiting
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: phase, version: '1.0.0' }
    do:
      - pause:
          wait: { hours: 1 }
    """
    When the workflow is started
    Then the workflow should be waiting
    When the workflow is cancelled
    Then the workflow should be cancelled

  Scenario Outline: A duration that is <what> is an error of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: invalid-<case>, version: '1.0.0' }
    do:
      - pause:
          wait: ${ .pause }
    """
    And the workflow input is:
    """yaml
    pause: <value>
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/pause
    """

    Examples:
      | case     | what        | value           |
      | text     | no duration | soon            |
      | negative | negative    | { seconds: -1 } |

  Scenario: A text that is no duration is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: refused, version: '1.0.0' }
    do:
      - pause:
          wait: soon
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/pause/wait'

  Scenario: A wait that is skipped does not wait
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: skipped, version: '1.0.0' }
    do:
      - pause:
          if: .slow
          wait: { hours: 1 }
      - after:
          set: { done: true }
    """
    And the workflow input is:
    """yaml
    slow: false
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    done: true
    """

  Scenario: A wait goes on after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: restart, version: '1.0.0' }
    do:
      - pause:
          wait: { milliseconds: 1500 }
      - after:
          set: { done: '${ .a }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is started
    And the workflow waits
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    done: 1
    """
    And pause should run 1 times

  Scenario: A wait that was over while the runtime was away ends when it is back
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: restart-due, version: '1.0.0' }
    do:
      - pause:
          wait: { milliseconds: 200 }
      - after:
          set: { done: '${ .a }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is started
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    done: 1
    """

  Scenario: A wait that is longer than the task's timeout is a timeout error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: timeout, version: '1.0.0' }
    do:
      - pause:
          timeout: { after: { milliseconds: 50 } }
          wait: { hours: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/pause
    """

  Scenario: A wait that is over while the workflow is suspended goes on when it is resumed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: suspend, version: '1.0.0' }
    do:
      - pause:
          wait: { milliseconds: 700 }
      - after:
          set: { done: true }
    """
    When the workflow is started
    And the workflow is suspended
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    done: true
    """

  Scenario: A suspended workflow may be cancelled
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: wait, name: suspended-cancel, version: '1.0.0' }
    do:
      - pause:
          wait: { hours: 1 }
    """
    When the workflow is started
    And the workflow is suspended
    And the workflow is cancelled
    Then the workflow should be cancelled

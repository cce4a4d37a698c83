Feature: Listen

  Scenario: One event completes it, and the output is an array
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: one, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with: { type: listen.one }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.one, data: { n: 1 } }
    """
    Then the workflow should complete with output:
    """yaml
    - { n: 1 }
    """

  Scenario: An event of another type is not taken
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: other-type, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with: { type: listen.wanted }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.other, data: { n: 1 } }
    """
    And the event is published:
    """yaml
    { type: listen.wanted, data: { n: 2 } }
    """
    Then the workflow should complete with output:
    """yaml
    - { n: 2 }
    """

  Scenario: An event without data is read as null
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: no-data, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with: { type: listen.no-data }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.no-data }
    """
    Then the workflow should complete with output:
    """yaml
    - null
    """

  Scenario: It goes on listening after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: restart, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with: { type: listen.restart }
    """
    When the workflow is started
    And the workflow waits
    And the runtime restarts
    And the event is published:
    """yaml
    { type: listen.restart, data: 5 }
    """
    Then the workflow should complete with output:
    """yaml
    - 5
    """

  Scenario: An event that comes before the listener is kept
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: early, version: '1.0.0' }
    do:
      - pause:
          wait: PT0.3S
      - hear:
          listen:
            to:
              one:
                with: { type: listen.early }
    """
    When the workflow is started
    And the event is published:
    """yaml
    { type: listen.early, data: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    - 1
    """

  Scenario: An event is kept over a restart for a listener that comes later
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: early-restart, version: '1.0.0' }
    do:
      - pause:
          wait: PT0.5S
      - hear:
          listen:
            to:
              one:
                with: { type: listen.early-restart }
    """
    When the workflow is started
    And the event is published:
    """yaml
    { type: listen.early-restart, data: 1 }
    """
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    - 1
    """

  Scenario: The same event counts once
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: twice, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.twice }
              until: length == 2
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.twice, id: a, source: /s, data: 1 }
    """
    And the event is published:
    """yaml
    { type: listen.twice, id: a, source: /s, data: 1 }
    """
    And the event is published:
    """yaml
    { type: listen.twice, id: b, source: /s, data: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 1, 2 ]
    """

  Scenario: An instance does not consume an event again in a later task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: later-task, version: '1.0.0' }
    do:
      - first:
          listen: { to: { one: { with: { type: listen.later-task } } } }
      - second:
          listen: { to: { one: { with: { type: listen.later-task } } } }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.later-task, data: 1 }
    """
    And the task 'second' has run 1 times
    And the workflow waits
    Then the workflow should be waiting
    When the event is published:
    """yaml
    { type: listen.later-task, data: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 2 ]
    """

  Scenario: Events that come while another task works are kept in order
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: mailbox, version: '1.0.0' }
    do:
      - loop:
          for: { in: '${ [1, 2, 3] }' }
          do:
            - hear:
                listen: { to: { one: { with: { type: listen.mailbox } } } }
            - keep:
                set: '${ $task.input[0] }'
    """
    When the workflow is started
    And the workflow waits
    And the events are published:
    """yaml
    [ { type: listen.mailbox, data: 1 }, { type: listen.mailbox, data: 2 }, { type: listen.mailbox, data: 3 } ]
    """
    Then the workflow should complete with output:
    """yaml
    3
    """

  Scenario: Two instances that listen both take the event
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: both, version: '1.0.0' }
    do:
      - both:
          fork:
            branches:
              - left:
                  listen: { to: { one: { with: { type: listen.both } } } }
              - right:
                  listen: { to: { one: { with: { type: listen.both } } } }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.both, data: 7 }
    """
    Then the workflow should complete with output:
    """yaml
    [ [ 7 ], [ 7 ] ]
    """

  Scenario: A condition on the data
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: filter-condition, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: listen.filter-condition
                  data: '${ .amount > 10 }'
    """
    And given the workflow input is:
    """yaml
    order: o-1
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.filter-condition, data: { amount: 5 } }
    """
    And the event is published:
    """yaml
    { type: listen.filter-condition, data: { amount: 15 } }
    """
    Then the workflow should complete with output:
    """yaml
    - { amount: 15 }
    """

  Scenario: A condition that fails on an event does not take it
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: filter-condition-error, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: listen.filter-condition-error
                  data: '${ .amount | ascii_downcase == "x" }'
    """
    And given the workflow input is:
    """yaml
    order: o-1
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.filter-condition-error, data: { amount: 5 } }
    """
    And the event is published:
    """yaml
    { type: listen.filter-condition-error, data: { amount: X } }
    """
    Then the workflow should complete with output:
    """yaml
    - { amount: X }
    """

  Scenario: An object of data is a part of the event's data
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: filter-subset, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: listen.filter-subset
                  data: { order: { state: paid } }
    """
    And given the workflow input is:
    """yaml
    order: o-1
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.filter-subset, data: { order: { state: open, id: 1 } } }
    """
    And the event is published:
    """yaml
    { type: listen.filter-subset, data: { order: { state: paid, id: 1 } } }
    """
    Then the workflow should complete with output:
    """yaml
    - { order: { state: paid, id: 1 } }
    """

  Scenario: The source is compared
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: filter-source, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: listen.filter-source
                  source: /shop/a
    """
    And given the workflow input is:
    """yaml
    order: o-1
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.filter-source, source: /shop/b, data: 1 }
    """
    And the event is published:
    """yaml
    { type: listen.filter-source, source: /shop/a, data: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    - 2
    """

  Scenario: The subject may be an expression on the task's input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: filter-subject, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: listen.filter-subject
                  subject: '${ .order }'
    """
    And given the workflow input is:
    """yaml
    order: o-1
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.filter-subject, subject: o-2, data: 1 }
    """
    And the event is published:
    """yaml
    { type: listen.filter-subject, subject: o-1, data: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    - 2
    """

  Scenario: An extension attribute is compared
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: filter-extension, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: listen.filter-extension
                  region: north
    """
    And given the workflow input is:
    """yaml
    order: o-1
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.filter-extension, region: south, data: 1 }
    """
    And the event is published:
    """yaml
    { type: listen.filter-extension, region: north, data: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    - 2
    """

  Scenario: A type may be a regular expression for all of the text
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: regex, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with: { type: 'listen\.regex\.(red|blue)' }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.regex.green, data: 1 }
    """
    And the event is published:
    """yaml
    { type: listen.regex.bluest, data: 2 }
    """
    And the event is published:
    """yaml
    { type: listen.regex.blue, data: 3 }
    """
    Then the workflow should complete with output:
    """yaml
    - 3
    """

  Scenario: read: data gives the data
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: read-data, version: '1.0.0' }
    do:
      - hear:
          listen:
            to: { one: { with: { type: listen.read-data } } }
            read: data
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.read-data, data: { a: 1 } }
    """
    Then the workflow should complete with output:
    """yaml
    - { a: 1 }
    """

  Scenario: read: envelope gives the whole event
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: read-envelope, version: '1.0.0' }
    do:
      - hear:
          listen:
            to: { one: { with: { type: listen.read-envelope } } }
            read: envelope
          output:
            as: '${ .[0] | { id, source, type, data } }'
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { id: e1, source: /s, type: listen.read-envelope, data: { a: 1 } }
    """
    Then the workflow should complete with output:
    """yaml
    { id: e1, source: /s, type: listen.read-envelope, data: { a: 1 } }
    """

  Scenario: read: raw gives the whole event
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: read-raw, version: '1.0.0' }
    do:
      - hear:
          listen:
            to: { one: { with: { type: listen.read-raw } } }
            read: raw
          output:
            as: '${ .[0] | { id, source, type, data } }'
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { id: e2, source: /s, type: listen.read-raw, data: { a: 1 } }
    """
    Then the workflow should complete with output:
    """yaml
    { id: e2, source: /s, type: listen.read-raw, data: { a: 1 } }
    """

  Scenario: All waits for one event of each filter, in the order of their coming
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: all, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              all:
                - with: { type: listen.all.a }
                - with: { type: listen.all.b }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.all.b, data: 2 }
    """
    And the event is published:
    """yaml
    { type: listen.all.b, data: 3 }
    """
    And the event is published:
    """yaml
    { type: listen.all.a, data: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 2, 1 ]
    """

  Scenario: All remembers over a restart what came
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: all-restart, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              all:
                - with: { type: listen.all-restart.a }
                - with: { type: listen.all-restart.b }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.all-restart.b, data: 2 }
    """
    And the runtime restarts
    And the event is published:
    """yaml
    { type: listen.all-restart.a, data: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 2, 1 ]
    """

  Scenario: One event counts for one filter of all
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: all-same, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              all:
                - with: { type: listen.all-same }
                - with: { type: listen.all-same }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.all-same, data: 1 }
    """
    Then the workflow should be waiting
    When the event is published:
    """yaml
    { type: listen.all-same, data: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 1, 2 ]
    """

  Scenario: Any takes the first
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: any, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.any.a }
                - with: { type: listen.any.b }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.any.b, data: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 2 ]
    """

  Scenario: Any until a condition on what was taken
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: any-until, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.any-until.a }
                - with: { type: listen.any-until.b }
              until: (map(.) | add) >= 5
    """
    When the workflow is started
    And the workflow waits
    And the events are published:
    """yaml
    [ { type: listen.any-until.a, data: 2 }, { type: listen.any-until.b, data: 1 }, { type: listen.any-until.a, data: 3 } ]
    """
    Then the workflow should complete with output:
    """yaml
    [ 2, 1, 3 ]
    """

  Scenario: Any until an event that is not part of the output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: any-until-event, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.any-until-event.a }
                - with: { type: listen.any-until-event.b }
              until:
                one:
                  with: { type: listen.any-until-event.stop }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.any-until-event.a, data: 1 }
    """
    And the event is published:
    """yaml
    { type: listen.any-until-event.b, data: 2 }
    """
    And the event is published:
    """yaml
    { type: listen.any-until-event.stop }
    """
    Then the workflow should complete with output:
    """yaml
    [ 1, 2 ]
    """

  Scenario: Any until all of some events
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: any-until-all, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.any-until-all.a }
                - with: { type: listen.any-until-all.b }
              until:
                all:
                  - with: { type: listen.any-until-all.stop1 }
                  - with: { type: listen.any-until-all.stop2 }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.any-until-all.stop1 }
    """
    And the event is published:
    """yaml
    { type: listen.any-until-all.b, data: 2 }
    """
    And the event is published:
    """yaml
    { type: listen.any-until-all.stop2 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 2 ]
    """

  Scenario: An until in an until is refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: until-until, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.u.a }
                - with: { type: listen.u.b }
              until:
                any:
                  - with: { type: listen.u.c }
                until: 'true'
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/hear/listen/to/until/until'

  Scenario: foreach runs its list for each event, in their order
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: foreach, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.foreach }
              until: length == 3
          foreach:
            item: number
            at: position
            do:
              - pause:
                  wait: PT0.02S
              - compute:
                  set: '${ $number * 10 + $position }'
    """
    When the workflow is started
    And the workflow waits
    And the events are published:
    """yaml
    [ { type: listen.foreach, data: 1 }, { type: listen.foreach, data: 2 }, { type: listen.foreach, data: 3 } ]
    """
    Then the workflow should complete with output:
    """yaml
    [ 10, 21, 32 ]
    """

  Scenario: The list of foreach begins with the input of the task, for each event anew
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: foreach-input, version: '1.0.0' }
    do:
      - hear:
          input:
            from: .number
          listen:
            to:
              any:
                - with: { type: listen.foreach-input }
              until: length == 2
          foreach:
            do:
              - add:
                  set: '${ . + $item }'
    """
    And given the workflow input is:
    """yaml
    number: 10
    """
    When the workflow is started
    And the workflow waits
    And the events are published:
    """yaml
    [ { type: listen.foreach-input, data: 1 }, { type: listen.foreach-input, data: 2 } ]
    """
    Then the workflow should complete with output:
    """yaml
    [ 11, 12 ]
    """

  Scenario: A foreach without a list reads each event
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: foreach-listless, version: '1.0.0' }
    do:
      - hear:
          listen:
            to: { one: { with: { type: listen.foreach-listless } } }
          foreach:
            output:
              as: .n
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.foreach-listless, data: { n: 3 } }
    """
    Then the workflow should complete with output:
    """yaml
    [ 3 ]
    """

  Scenario: foreach goes on with the events that wait after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: foreach-restart, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.foreach-restart }
              until: length == 2
          foreach:
            do:
              - pause:
                  wait: PT0.3S
              - keep:
                  set: '${ $item }'
    """
    When the workflow is started
    And the workflow waits
    And the events are published:
    """yaml
    [ { type: listen.foreach-restart, data: 1 }, { type: listen.foreach-restart, data: 2 } ]
    """
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    [ 1, 2 ]
    """

  Scenario: What foreach.output.as gives enters the array
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: foreach-output, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.foreach-output }
              until: length == 1
          foreach:
            item: event
            do:
              - keep:
                  set: { n: '${ $event }' }
            output:
              as: .n + 1
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.foreach-output, data: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 2 ]
    """

  Scenario: foreach.export changes the context
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: foreach-export, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.foreach-export }
              until: length == 2
          foreach:
            item: event
            do:
              - keep:
                  set: '${ $event }'
            export:
              as: '{ sum: (($context.sum // 0) + .) }'
      - tell:
          set: '${ $context }'
    """
    When the workflow is started
    And the workflow waits
    And the events are published:
    """yaml
    [ { type: listen.foreach-export, data: 4 }, { type: listen.foreach-export, data: 5 } ]
    """
    Then the workflow should complete with output:
    """yaml
    { sum: 9 }
    """

  Scenario: exit in foreach completes the listening
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: foreach-exit, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: listen.foreach-exit }
              until: '${ false }'
          foreach:
            item: event
            do:
              - last:
                  if: $event == "stop"
                  set: '${ "stopped" }'
                  then: exit
              - go:
                  set: '${ $event }'
      - after:
          set: { done: true }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.foreach-exit, data: go }
    """
    And the event is published:
    """yaml
    { type: listen.foreach-exit, data: stop }
    """
    Then the workflow should complete with output:
    """yaml
    { done: true }
    """

  Scenario: An error in foreach is the task's error, and can be caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: foreach-error, version: '1.0.0' }
    do:
      - guarded:
          try:
            - hear:
                listen:
                  to: { one: { with: { type: listen.foreach-error } } }
                foreach:
                  item: event
                  do:
                    - fail:
                        raise: { error: { type: 'https://example.com/bad', status: 500 } }
          catch:
            do:
              - note:
                  set: '${ { instance: $error.instance } }'
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.foreach-error }
    """
    Then the workflow should complete with output:
    """yaml
    { instance: /do/0/guarded/try/0/hear/foreach/do/0/fail }
    """

  Scenario: The first value that was met is what others must have
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: correlate-first, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              all:
                - with: { type: listen.cf.a }
                  correlate:
                    order: { from: .data.order }
                - with: { type: listen.cf.b }
                  correlate:
                    order: { from: .data.order }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.cf.a, data: { order: 1 } }
    """
    And the event is published:
    """yaml
    { type: listen.cf.b, data: { order: 2 } }
    """
    Then the workflow should be waiting
    When the event is published:
    """yaml
    { type: listen.cf.b, data: { order: 1 } }
    """
    Then the workflow should complete with output:
    """yaml
    [ { order: 1 }, { order: 1 } ]
    """

  Scenario: A correlation may expect a value of the input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: correlate-expect, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with: { type: listen.correlate-expect }
                correlate:
                  order: { from: .data.order, expect: '${ .order }' }
    """
    And given the workflow input is:
    """yaml
    order: 9
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.correlate-expect, data: { order: 8 } }
    """
    And the event is published:
    """yaml
    { type: listen.correlate-expect, data: { order: 9 } }
    """
    Then the workflow should complete with output:
    """yaml
    [ { order: 9 } ]
    """

  Scenario: A correlation may look at the instance for what it finds and for what it expects
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: correlate-instance, version: '1.0.0' }
    do:
      - remember:
          set: { prefix: '${ .prefix }' }
          export: { as: '{ room: "kitchen" }' }
      - hear:
          listen:
            to:
              one:
                with: { type: listen.correlate-instance }
                correlate:
                  order: { from: '.data.order | ltrimstr($input.prefix)', expect: '9' }
                  room: { from: .data.room, expect: '${ $context.room }' }
    """
    And given the workflow input is:
    """yaml
    prefix: 'order-'
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.correlate-instance, data: { order: order-8, room: kitchen } }
    """
    And the event is published:
    """yaml
    { type: listen.correlate-instance, data: { order: order-9, room: cellar } }
    """
    And the event is published:
    """yaml
    { type: listen.correlate-instance, data: { order: order-9, room: kitchen } }
    """
    Then the workflow should complete with output:
    """yaml
    [ { order: order-9, room: kitchen } ]
    """

  Scenario: A correlation with a value of the context meets an event that came before
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: correlate-context, version: '1.0.0' }
    do:
      - remember:
          set: { room: kitchen }
          export: { as: . }
      - pause:
          listen: { to: { one: { with: { type: listen.correlate-context.go } } } }
      - hear:
          listen:
            to:
              one:
                with: { type: listen.correlate-context }
                correlate:
                  room: { from: .data.room, expect: '${ $context.room }' }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.correlate-context, data: { room: kitchen } }
    """
    And the event is published:
    """yaml
    { type: listen.correlate-context.go }
    """
    Then the workflow should complete with output:
    """yaml
    [ { room: kitchen } ]
    """

  Scenario: A correlation that was met binds later tasks
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: correlate-later, version: '1.0.0' }
    do:
      - first:
          listen:
            to:
              one:
                with: { type: listen.correlate-later.a }
                correlate: { order: { from: .data.order } }
      - second:
          listen:
            to:
              one:
                with: { type: listen.correlate-later.b }
                correlate: { order: { from: .data.order } }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.correlate-later.a, data: { order: 3 } }
    """
    And the task 'second' has run 1 times
    And the event is published:
    """yaml
    { type: listen.correlate-later.b, data: { order: 4 } }
    """
    And the event is published:
    """yaml
    { type: listen.correlate-later.b, data: { order: 3 } }
    """
    Then the workflow should complete with output:
    """yaml
    [ { order: 3 } ]
    """

  Scenario: A correlation is evaluated on the whole event
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: correlate-envelope, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with: { type: listen.correlate-envelope }
                correlate: { room: { from: .roomid, expect: kitchen } }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.correlate-envelope, roomid: cellar, data: 1 }
    """
    And the event is published:
    """yaml
    { type: listen.correlate-envelope, roomid: kitchen, data: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 2 ]
    """

  Scenario: A time limit ends the listening
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: timeout, version: '1.0.0' }
    do:
      - hear:
          listen: { to: { one: { with: { type: listen.timeout } } } }
          timeout: { after: PT0.1S }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 408, instance: /do/0/hear }
    """

  Scenario: A cancelled workflow listens no more
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: cancel, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with: { type: listen.cancel }
    """
    When the workflow is started
    And the workflow waits
    And the workflow is cancelled
    And the event is published:
    """yaml
    { type: listen.cancel }
    """
    Then the workflow should be cancelled

  Scenario: An event that comes while the workflow is suspended is not lost
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: suspended, version: '1.0.0' }
    do:
      - hear:
          listen:
            to:
              one:
                with: { type: listen.suspended }
    """
    When the workflow is started
    And the workflow waits
    And the workflow is suspended
    And the event is published:
    """yaml
    { type: listen.suspended, data: 1 }
    """
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    [ 1 ]
    """

  Scenario: The branch that hears first wins
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: compete, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - yes:
                  listen: { to: { one: { with: { type: listen.compete.yes } } } }
              - no:
                  listen: { to: { one: { with: { type: listen.compete.no } } } }
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.compete.no, data: no-thanks }
    """
    Then the workflow should complete with output:
    """yaml
    [ no-thanks ]
    """

  Scenario: Events that a cancelled branch would have taken go to later tasks
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: compete-later, version: '1.0.0' }
    do:
      - race:
          fork:
            compete: true
            branches:
              - yes:
                  listen: { to: { one: { with: { type: listen.compete-later.yes } } } }
              - quick:
                  wait: PT0.05S
      - hear:
          listen: { to: { one: { with: { type: listen.compete-later.yes } } } }
    """
    When the workflow is started
    And the task 'hear' has run 1 times
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.compete-later.yes, data: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    [ 1 ]
    """

  Scenario: output.as and export.as see the array
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: listen, name: output, version: '1.0.0' }
    do:
      - hear:
          listen: { to: { one: { with: { type: listen.output } } } }
          output:
            as: .[0].n
          export:
            as: '{ n: . }'
      - tell:
          set: '${ $context.n + 1 }'
    """
    When the workflow is started
    And the workflow waits
    And the event is published:
    """yaml
    { type: listen.output, data: { n: 1 } }
    """
    Then the workflow should complete with output:
    """yaml
    2
    """

Feature: Extensions

  Scenario: Tasks before and after leave the data alone
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: around, version: '1.0.0' }
    use:
      extensions:
        - log:
            extend: set
            before:
              - first: { wait: PT0S, output: { as: '{ changed: 1 }' } }
            after:
              - last: { wait: PT0S, output: { as: '{ changed: 2 }' } }
    do:
      - work:
          set: { n: '${ .n + 1 }' }
    """
    And given the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 2
    """
    And work should run after first
    And last should run after work

  Scenario: exit before puts an output in place of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: mock, version: '1.0.0' }
    use:
      extensions:
        - mock:
            extend: call
            before:
              - answer:
                  set: { mocked: true }
                  then: exit
            after:
              - never:
                  set: { no: 1 }
    do:
      - work:
          call: nobody-serves-this
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    mocked: true
    """
    And work should not run
    And never should not run

  Scenario: A condition on the extended task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: when, version: '1.0.0' }
    use:
      extensions:
        - mock:
            extend: call
            when: $task.call == "mocked" and $task.with.a == 1
            before:
              - answer:
                  set: { mocked: true }
                  then: exit
    do:
      - one:
          call: mocked
          with: { a: 1 }
      - two:
          call: served
          with: { a: 1 }
    """
    And given a function 'served' that returns its input
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And one should not run
    And two should run last

  Scenario: $task is the extended task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: task, version: '1.0.0' }
    use:
      extensions:
        - log:
            extend: all
            before:
              - answer:
                  set: '${ $task.name + " at " + $task.reference }'
                  then: exit
    do:
      - work:
          set: { n: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    work at /do/0/work
    """

  Scenario: An extension of all does not extend itself
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: itself, version: '1.0.0' }
    use:
      extensions:
        - log:
            extend: all
            before:
              - note:
                  set: { noted: true }
    do:
      - work:
          set: { n: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """
    And note should run 1 times

  Scenario: Composite means do and fork
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: composite, version: '1.0.0' }
    use:
      extensions:
        - log:
            extend: composite
            before:
              - note:
                  set: { noted: true }
    do:
      - list:
          do:
            - inner:
                set: { n: 1 }
      - branches:
          fork:
            branches:
              - one:
                  set: { n: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ { n: 2 } ]
    """
    And note should run 2 times

  Scenario: Several extensions nest in their order
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: nest, version: '1.0.0' }
    use:
      extensions:
        - outer:
            extend: set
            before: [ { o1: { wait: PT0S } } ]
            after: [ { o2: { wait: PT0S } } ]
        - inner:
            extend: set
            before: [ { i1: { wait: PT0S } } ]
            after: [ { i2: { wait: PT0S } } ]
    do:
      - work:
          set: { n: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """
    And o1 should run first
    And i1 should run after o1
    And work should run after i1
    And i2 should run after work
    And o2 should run last

  Scenario: The extended task's own then is followed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: then, version: '1.0.0' }
    use:
      extensions:
        - log:
            extend: set
            after: [ { note: { wait: PT0S } } ]
    do:
      - work:
          set: { n: 1 }
          then: end
      - never:
          wait: PT0S
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """
    And note should run last
    And never should not run

  Scenario: An error before the task is the workflow's
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: error, version: '1.0.0' }
    use:
      extensions:
        - check:
            extend: set
            before:
              - refuse:
                  raise: { error: { type: 'https://example.com/refused', status: 403 } }
    do:
      - work:
          set: { n: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 403 }
    """
    And work should not run

  Scenario: An extended task that waits goes on after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: restart, version: '1.0.0' }
    use:
      extensions:
        - log:
            extend: wait
            after: [ { note: { set: { noted: true } } } ]
    do:
      - pause:
          wait: PT0.3S
    """
    And given the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is started
    And the workflow waits
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    n: 1
    """
    And note should run last

  Scenario: A logger around calls and processes leaves their results alone
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: logged, version: '1.0.0' }
    use:
      extensions:
        - log:
            extend: all
            before:
              - begins: { set: '${ $task.name }' }
            after:
              - ends: { set: '${ $task.name }' }
    do:
      - fetch:
          call: http
          with: { method: get, endpoint: 'http://service.test/orders' }
      - count:
          run:
            script:
              language: python
              arguments: { orders: '${ . }' }
              code: print(len(orders), end='')
      - tell:
          run:
            shell:
              command: echo "$1 orders"
              arguments: [ '${ . }' ]
    """
    And given the service answers 'GET /orders' with status 200 and body:
    """yaml
    [ { id: 1 }, { id: 2 } ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    2 orders
    """
    And begins should run 3 times
    And ends should run 3 times

  Scenario: A mock takes the place of a call of any protocol and of any process
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: extension, name: mocked, version: '1.0.0' }
    use:
      extensions:
        - mockCalls:
            extend: call
            before:
              - answer: { set: '${ [ .[]?, $task.definition.call ] }', then: exit }
        - mockProcesses:
            extend: run
            before:
              - output: { set: '${ [ .[]?, ($task.definition.run | keys[0]) ] }', then: exit }
    do:
      - grpc:
          call: grpc
          with:
            proto: { endpoint: 'http://service.test/nobody.proto' }
            service: { name: Nobody, host: service.test }
            method: Nothing
      - mcp:
          call: mcp
          with:
            method: tools/list
            transport: { http: { endpoint: 'http://service.test/mcp' } }
      - a2a:
          call: a2a
          with: { method: message/send, server: 'http://service.test/agent' }
      - openapi:
          call: openapi
          with: { document: { endpoint: 'http://service.test/api' }, operationId: find, parameters: {} }
      - script:
          run: { script: { language: js, code: 'throw new Error()' } }
      - shell:
          run: { shell: { command: exit 1 } }
      - container:
          run: { container: { image: nobody/has } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ grpc, mcp, a2a, openapi, script, shell, container ]
    """
    And shell should not run

Feature: Try
  Which errors a try task catches, and what becomes of them.

  Scenario: Without an error the handler does not run, and the list's output counts
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: success, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
            - second:
                set: { b: '${ .a + 1 }' }
          catch:
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    b: 2
    """
    And handler should not run

  Scenario: The handler's output is the output of the try task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: handler, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418, title: Broken, detail: It broke. }
            - second:
                set: { never: true }
          catch:
            do:
              - handler:
                  set: { caught: '${ $error }' }
              - more:
                  set: { caught: '${ .caught }', more: true }
          output: { as: '. + { transformed: true }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught:
      type: https://example.com/errors/broken
      status: 418
      title: Broken
      detail: It broke.
      instance: /do/0/attempt/try/0/first
    more: true
    transformed: true
    """
    And second should not run

  Scenario: An error keeps the members that its function added
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: members, version: '1.0.0' }
    do:
      - attempt:
          try:
            - pay:
                call: pay
          catch:
            when: $error.balance < 50
            do:
              - handler:
                  set: { missing: '${ 50 - $error.balance }', tried: '${ $error.tried }' }
    """
    And given a function 'pay' that fails with error:
    """yaml
    { type: 'https://example.com/errors/declined', status: 402, balance: 30, tried: [ { card: 1 } ] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    missing: 20
    tried: [ { card: 1 } ]
    """

  Scenario: An uncaught error keeps the members that its function added
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: members-uncaught, version: '1.0.0' }
    do:
      - pay:
          call: pay
    """
    And given a function 'pay' that fails with error:
    """yaml
    { type: 'https://example.com/errors/declined', status: 402, balance: 30 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { type: 'https://example.com/errors/declined', status: 402, balance: 30, instance: /do/0/pay }
    """

  Scenario: A handler begins with the transformed input of the try task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: handler-input, version: '1.0.0' }
    do:
      - attempt:
          input: { from: .a }
          try:
            - first:
                set: { changed: true }
            - second:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            do:
              - handler:
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

  Scenario: The error has the name that the author gives it
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: as, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            as: problem
            do:
              - outer:
                  do:
                    - inner:
                        set: { status: '${ $problem.status }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    status: 500
    """

  Scenario: The error has no name outside of its handler
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: as-scope, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch: {}
      - after:
          set: { status: '${ $error.status }' }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/1/after/set/status'

  # Caught, and nothing to do about it: the output is the try task's transformed input.
  Scenario: An error that is caught without a handler leaves the input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: swallowed, version: '1.0.0' }
    do:
      - attempt:
          input: { from: .a }
          try:
            - first:
                set: { changed: true }
            - second:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch: {}
      - after:
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

  Scenario: An error is caught by its type
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: filter-type, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            errors: { with: { type: 'https://example.com/errors/broken' } }
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: true
    """

  Scenario: An error of another type is not caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: filter-other-type, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            errors: { with: { type: 'https://example.com/errors/other' } }
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 500
    instance: /do/0/attempt/try/0/first
    """
    And handler should not run

  Scenario Outline: An error is caught by its <member>
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: filter-<member>, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418, title: Broken, detail: It broke. }
          catch:
            errors: { with: { <member>: <value> } }
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: true
    """

    Examples:
      | member   | value                     |
      | status   | 418                       |
      | title    | Broken                    |
      | detail   | It broke.                 |
      | details  | It broke.                 |
      | instance | /do/0/attempt/try/0/first |

  Scenario Outline: An error with another <member> is not caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: filter-other-<member>, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418, title: Broken, detail: It broke. }
          catch:
            errors: { with: { type: 'https://example.com/errors/broken', <member>: <value> } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 418
    """

    Examples:
      | member   | value         |
      | status   | 400           |
      | title    | Brok          |
      | detail   | It broke      |
      | instance | /do/0/attempt |

  # Either host and either path of the standard errors, with any version of the specification, name the same type.
  Scenario Outline: A standard error is caught by the spelling <type>
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: spelling-<case>, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: '${ .a + 1 }' }
          catch:
            errors: { with: { type: '<type>' } }
            do:
              - handler:
                  set: { caught: '${ $error.status }' }
    """
    And the workflow input is:
    """yaml
    a: { no: number }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: 400
    """

    Examples:
      | case     | type                                                                 |
      | new-spec | https://open-workflow-specification.org/spec/1.0.0/errors/expression |
      | new-dsl  | https://open-workflow-specification.org/dsl/errors/types/expression  |
      | old-spec | https://serverlessworkflow.io/spec/1.0.0/errors/expression           |
      | old-dsl  | https://serverlessworkflow.io/dsl/errors/types/expression            |
      | version  | https://open-workflow-specification.org/spec/1.0.3/errors/expression |

  Scenario: A standard error that was raised in one spelling is caught in another
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: spelling-raised, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://serverlessworkflow.io/dsl/errors/types/timeout', status: 408 }
          catch:
            errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/timeout' } }
            do:
              - handler:
                  set: { type: '${ $error.type }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    type: https://serverlessworkflow.io/dsl/errors/types/timeout
    """

  Scenario: Another standard error is not caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: spelling-other, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: '${ .a + 1 }' }
          catch:
            errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/validation' } }
    """
    And the workflow input is:
    """yaml
    a: { no: number }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    """

  # In when and exceptWhen the input is the error; the try task's input is $input.
  Scenario: A condition sees the error as its input and by its name, and the task's input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: when-sees, version: '1.0.0' }
    do:
      - attempt:
          input: { from: .a }
          try:
            - first:
                set: { limit: 0 }
            - second:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            as: problem
            when: .status == 418 and $problem.status == 418 and $input.limit == 3
            do:
              - handler:
                  set: { caught: true }
    """
    And the workflow input is:
    """yaml
    a: { limit: 3 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: true
    """

  Scenario: An error for which the condition does not hold is not caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: when-false, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            errors: { with: { status: 418 } }
            when: .title == "Other"
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 418
    """

  Scenario: An error for which exceptWhen holds is not caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: except-when, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            when: .status > 400
            exceptWhen: .status == 418
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 418
    """

  Scenario: An error for which exceptWhen does not hold is caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: except-when-false, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            exceptWhen: .status == 500
            do:
              - handler:
                  set: { caught: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: true
    """

  Scenario: A condition that fails is an error of the try task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: when-fails, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            when: .type + 1
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    instance: /do/0/attempt
    """

  Scenario: The directive of the handler does not count where nothing failed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: then-success, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
          catch:
            then: bad
          then: good
      - bad:
          set: { went: bad }
          then: end
      - good:
          set: { went: good }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    went: good
    """

  Scenario: The directive of the handler counts where an error was caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: then-caught, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            then: bad
          then: good
      - good:
          set: { went: good }
          then: end
      - bad:
          set: { went: bad, input: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { went: bad, input: { a: 1 } }
    """

  Scenario: The directive of the handler is followed when its tasks are done
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: then-after-do, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            do:
              - handler:
                  set: { caught: true }
            then: bad
      - good:
          set: { went: good }
          then: end
      - bad:
          set: { went: bad, input: '${ . }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { went: bad, input: { caught: true } }
    """

  Scenario: After a handler without directive, the task's own counts
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: then-own, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            do:
              - handler:
                  set: { caught: true }
          then: third
      - second:
          set: { went: second }
          then: end
      - third:
          set: { went: third }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    went: third
    """

  Scenario: The try task that is nearest catches first
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: nested-inner, version: '1.0.0' }
    do:
      - outer:
          try:
            - inner:
                try:
                  - first:
                      raise:
                        error: { type: 'https://example.com/errors/broken', status: 418 }
                catch:
                  do:
                    - innerHandler:
                        set: { by: inner }
          catch:
            do:
              - outerHandler:
                  set: { by: outer }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    by: inner
    """
    And outerHandler should not run

  Scenario: What the nearest try task does not catch goes on to the next
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: nested-outer, version: '1.0.0' }
    do:
      - outer:
          try:
            - inner:
                try:
                  - first:
                      raise:
                        error: { type: 'https://example.com/errors/broken', status: 418 }
                catch:
                  errors: { with: { status: 500 } }
                  do:
                    - innerHandler:
                        set: { by: inner }
            - second:
                set: { never: true }
          catch:
            do:
              - outerHandler:
                  set: { by: outer, instance: '${ $error.instance }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { by: outer, instance: /do/0/outer/try/0/inner/try/0/first }
    """
    And innerHandler should not run
    And second should not run

  Scenario: A handler inside a handler sees both errors
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: nested-names, version: '1.0.0' }
    do:
      - outer:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/first', status: 400 }
          catch:
            as: one
            do:
              - inner:
                  try:
                    - second:
                        raise:
                          error: { type: 'https://example.com/errors/second', status: 500 }
                  catch:
                    as: two
                    do:
                      - handler:
                          set: { one: '${ $one.status }', two: '${ $two.status }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { one: 400, two: 500 }
    """

  Scenario: The name of the inner error hides that of the outer one
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: nested-shadow, version: '1.0.0' }
    do:
      - outer:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/first', status: 400 }
          catch:
            do:
              - inner:
                  try:
                    - second:
                        raise:
                          error: { type: 'https://example.com/errors/second', status: 500 }
                  catch:
                    do:
                      - handler:
                          set: { inner: '${ $error.status }' }
              - after:
                  set: { inner: '${ .inner }', outer: '${ $error.status }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { inner: 500, outer: 400 }
    """

  Scenario: An error in the handler is not caught by its own try task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: handler-fails, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/first', status: 400 }
          catch:
            do:
              - handler:
                  raise:
                    error: { type: 'https://example.com/errors/second', status: 500 }
      - after:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/second
    status: 500
    instance: /do/0/attempt/catch/do/0/handler
    """
    And handler should run 1 times

  Scenario: An error in the handler is caught by the try task around
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: handler-fails-outer, version: '1.0.0' }
    do:
      - outer:
          try:
            - inner:
                try:
                  - first:
                      raise:
                        error: { type: 'https://example.com/errors/first', status: 400 }
                catch:
                  do:
                    - handler:
                        raise:
                          error: { type: 'https://example.com/errors/second', status: 500 }
          catch:
            do:
              - outerHandler:
                  set: { type: '${ $error.type }', instance: '${ $error.instance }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { type: 'https://example.com/errors/second', instance: /do/0/outer/try/0/inner/catch/do/0/handler }
    """

  Scenario: An error of the try task's own input is not its own to catch
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: own-input, version: '1.0.0' }
    do:
      - attempt:
          input: { from: .a + 1 }
          try:
            - first:
                set: { ran: true }
          catch:
            do:
              - handler:
                  set: { caught: true }
    """
    And the workflow input is:
    """yaml
    a: { no: number }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    instance: /do/0/attempt
    """
    And handler should not run

  Scenario: An error of the try task's own output is not its own to catch
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: own-output, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: text }
          catch:
            do:
              - handler:
                  set: { caught: true }
          output: { as: .a - 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    instance: /do/0/attempt
    """
    And handler should not run

  Scenario: An error behind the try task is not caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: after, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
          catch:
            do:
              - handler:
                  set: { caught: true }
      - second:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 500 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    instance: /do/1/second
    """

  Scenario: What was exported before the error stays
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: context, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
                export: { as: '{ step: "first" }' }
            - second:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            do:
              - handler:
                  set: { seen: '${ $context.step }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: first
    """

  Scenario Outline: A <kind> error of a task inside is caught
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: standard-<kind>, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                <what>
                set: { a: 1 }
          catch:
            errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/<kind>', status: 400 } }
            do:
              - handler:
                  set: { instance: '${ $error.instance }', title: '${ $error.title | type }' }
    """
    And the workflow input is:
    """yaml
    a: text
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { instance: /do/0/attempt/try/0/first, title: string }
    """

    Examples:
      | kind       | what                                             |
      | validation | input: { schema: { document: { type: array } } } |
      | expression | input: { from: .a - 1 }                          |

  Scenario: An error of any depth is caught, and what stands between ends
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: deep, version: '1.0.0' }
    do:
      - attempt:
          try:
            - one:
                do:
                  - two:
                      do:
                        - three:
                            raise:
                              error: { type: 'https://example.com/errors/broken', status: 500 }
                        - four:
                            set: { never: true }
                  - five:
                      set: { never: true }
          catch:
            do:
              - handler:
                  set: { instance: '${ $error.instance }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    instance: /do/0/attempt/try/0/one/do/0/two/do/0/three
    """
    And four should not run
    And five should not run

  Scenario: A try task that is run again catches again
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: twice, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            do:
              - handler:
                  set: { n: '${ .n + 1 }' }
      - again:
          switch:
            - more:
                when: .n < 3
                then: attempt
    """
    And the workflow input is:
    """yaml
    n: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 3
    """
    And handler should run 3 times

  Scenario: The directive of a handler may end the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: then-end, version: '1.0.0' }
    do:
      - outer:
          do:
            - attempt:
                try:
                  - first:
                      raise:
                        error: { type: 'https://example.com/errors/broken', status: 418 }
                catch:
                  do:
                    - handler:
                        set: { caught: true }
                  then: end
      - after:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: true
    """

  Scenario: A workflow is cancelled while a handler waits
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: cancel-handler, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            do:
              - handler:
                  wait: { hours: 1 }
              - never:
                  set: { never: true }
    """
    When the workflow is started
    And the workflow waits
    And the workflow is cancelled
    Then the workflow should be cancelled
    And never should not run

  Scenario: What a handler exports is seen afterwards
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: handler-context, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            do:
              - handler:
                  set: { caught: true }
                  export: { as: '{ error: $error.status }' }
      - after:
          set: { error: '${ $context.error }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    error: 418
    """

  Scenario: A try task exports what its handler gave
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: try, name: export, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418 }
          catch:
            do:
              - handler:
                  set: { caught: true }
          export: { as: '{ caught: .caught, input: $input.a }' }
      - after:
          set: { context: '${ $context }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    context: { caught: true, input: 1 }
    """

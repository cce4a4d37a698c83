Feature: Data flow
  What a task does with its data, in the order of the specification: if, input.schema, input.from, the task,
  output.as, output.schema, export.as, export.schema, then. And the workflow's own input and output.

  Scenario: A task whose condition is false is skipped, and its input goes on
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-false, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
      - second:
          if: .a == 2
          set: { a: 2 }
      - third:
          set: { got: '${ . }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: { a: 1 }
    """
    And second should not run
    And third should run after first

  Scenario: A task whose condition is true runs
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-true, version: '1.0.0' }
    do:
      - first:
          if: '${ .a == 1 }'
          set: { ran: true }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ran: true
    """

  # A skipped task's directive does not count: the flow continues with the next task.
  Scenario: A skipped task's directive is ignored
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-then, version: '1.0.0' }
    do:
      - first:
          if: .stop
          set: { stopped: true }
          then: end
      - second:
          set: { went: on }
    """
    And the workflow input is:
    """yaml
    stop: false
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    went: on
    """

  Scenario: A skipped task neither transforms its output nor exports
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-no-output, version: '1.0.0' }
    do:
      - first:
          if: 'false'
          set: { a: 1 }
          output: { as: '{ changed: true }' }
          export: { as: '{ exported: true }' }
      - second:
          set: { data: '${ . }', context: '${ $context }' }
    """
    And the workflow input is:
    """yaml
    a: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { a: 0 }, context: {} }
    """

  Scenario: A condition is evaluated on the input before it is transformed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-raw, version: '1.0.0' }
    do:
      - first:
          if: .a == 1
          input: { from: '{ b: 2 }' }
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: { b: 2 }
    """

  Scenario: A condition comes before the input's schema
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-first, version: '1.0.0' }
    do:
      - first:
          if: .a == 1
          input:
            schema:
              document: { type: object, required: [ missing ] }
          set: { ran: true }
    """
    And the workflow input is:
    """yaml
    a: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 2
    """
    And first should not run

  Scenario: Where each task is skipped, the input is the output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-all, version: '1.0.0' }
    do:
      - first:
          if: .a == 1
          set: { a: 3 }
      - second:
          if: .a == 3
          set: { a: 4 }
    """
    And the workflow input is:
    """yaml
    a: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 2
    """

  Scenario Outline: A condition that gives <condition> <decides>
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-value-<case>, version: '1.0.0' }
    do:
      - first:
          set: { ran: false }
      - second:
          if: '<condition>'
          set: { ran: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ran: <ran>
    """

    Examples:
      | case    | condition | decides           | ran   |
      | null    | null      | skips the task    | false |
      | nothing | empty     | skips the task    | false |
      | zero    | 0         | lets the task run | true  |
      | text    | ""        | lets the task run | true  |
      | list    | []        | lets the task run | true  |

  Scenario: A condition that fails is an expression error of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-error, version: '1.0.0' }
    do:
      - first:
          if: .a + 1
          set: { ran: true }
    """
    And the workflow input is:
    """yaml
    a: { b: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/first
    """

  Scenario: A condition sees the context and the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: if-context, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export: { as: '{ open: true }' }
      - second:
          if: $context.open and $task.name == "second"
          set: { ran: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ran: true
    """

  Scenario: An input that matches its schema goes through as it is
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-schema-match, version: '1.0.0' }
    do:
      - first:
          input:
            schema:
              document: { type: object, properties: { a: { type: integer } }, required: [ a ] }
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    { a: 1, b: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: { a: 1, b: 2 }
    """

  Scenario: An input that does not match its schema is a validation error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-schema-mismatch, version: '1.0.0' }
    do:
      - first:
          input:
            schema:
              format: json
              document: { type: object, properties: { a: { type: integer } } }
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: one
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    status: 400
    instance: /do/0/first
    """

  Scenario: The schema is that of the input before it is transformed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-schema-raw, version: '1.0.0' }
    do:
      - first:
          input:
            schema:
              document: { type: object, required: [ a ] }
            from: .a
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: 1
    """

  Scenario: A wrong input is told before it is transformed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-schema-before-from, version: '1.0.0' }
    do:
      - first:
          input:
            schema:
              document: { type: object, required: [ b ] }
            from: .a + 1
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: { no: number }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    """

  Scenario: An input is built from an object whose wrapped texts are expressions
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-from-object, version: '1.0.0' }
    do:
      - first:
          input:
            from:
              evaluated: '${ .a + 1 }'
              literal: .a + 1
              nested: { list: [ '${ .a }', two, 3 ] }
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: { evaluated: 2, literal: .a + 1, nested: { list: [ 1, two, 3 ] } }
    """

  Scenario: An input's expression may be wrapped
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-from-wrapped, version: '1.0.0' }
    do:
      - first:
          input: { from: '${ .a }' }
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: [ 1 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    got: [ 1 ]
    """

  Scenario: $input is the transformed input, and $task.input the raw one
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-names, version: '1.0.0' }
    do:
      - first:
          input: { from: .a }
          set: { data: '${ . }', input: '${ $input }', raw: '${ $task.input }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: 1, input: 1, raw: { a: 1 } }
    """

  Scenario: An input that cannot be built is an expression error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-from-error, version: '1.0.0' }
    do:
      - first:
          input: { from: .a + 1 }
          set: { got: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: { no: number }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/first
    """

  Scenario: $input has no meaning before there is one
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-from-no-input, version: '1.0.0' }
    do:
      - first:
          input: { from: $input.a }
          set: { a: 1 }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/first/input/from'

  Scenario: A transformed input is the task's own
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: input-only-here, version: '1.0.0' }
    do:
      - first:
          if: 'false'
          input: { from: .a }
          set: { a: 2 }
      - second:
          input: { from: .a }
          set: { value: '${ . }', all: '${ $workflow.input }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { value: 1, all: { a: 1 } }
    """

  Scenario: An output is transformed by an expression
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: output-as-text, version: '1.0.0' }
    do:
      - first:
          set: { a: 1, b: 2 }
          output: { as: .b }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    2
    """

  Scenario: An output is transformed by an object
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: output-as-object, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          output:
            as: { evaluated: '${ .a }', literal: .a }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { evaluated: 1, literal: .a }
    """

  Scenario: $input is visible to output.as
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: output-as-input, version: '1.0.0' }
    do:
      - first:
          input: { from: .a }
          set: { b: 2 }
          output: { as: '{ in: $input, out: ., raw: $task.input }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { in: 1, out: { b: 2 }, raw: { a: 1 } }
    """

  Scenario: $task.output is the output before it is transformed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: output-raw, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          output: { as: '{ here: ., raw: $task.output }' }
          export: { as: '{ raw: $task.output, transformed: $output }' }
      - second:
          set: { output: '${ . }', context: '${ $context }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    output: { here: { a: 1 }, raw: { a: 1 } }
    context: { raw: { a: 1 }, transformed: { here: { a: 1 }, raw: { a: 1 } } }
    """

  Scenario: $output has no meaning before the output is transformed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: output-as-no-output, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          output: { as: $output.a }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/first/output/as'

  Scenario: An output that cannot be transformed is an expression error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: output-as-error, version: '1.0.0' }
    do:
      - first:
          set: { a: text }
          output: { as: .a - 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/first
    """

  Scenario: The output's schema is that of the transformed output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: output-schema-match, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          output:
            as: .a
            schema:
              document: { type: integer }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """

  Scenario: An output that does not match its schema is a validation error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: output-schema-mismatch, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          output:
            schema:
              document: { type: object, required: [ b ] }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    status: 400
    instance: /do/0/first
    """

  Scenario: A wrong output is not exported
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: output-schema-no-export, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
                output:
                  schema:
                    document: { type: string }
                export: { as: '{ exported: true }' }
          catch: {}
      - second:
          set: { context: '${ $context }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    context: {}
    """

  # A workflow begins with an empty object as its context.
  Scenario: The context begins empty
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: context-empty, version: '1.0.0' }
    do:
      - first:
          set: { context: '${ $context }', missing: '${ $context.a == null }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { context: {}, missing: true }
    """

  Scenario: What is exported replaces the context
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-replaces, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export: { as: . }
      - second:
          set: { b: 2 }
          export: { as: . }
      - third:
          set: { context: '${ $context }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    context: { b: 2 }
    """

  Scenario: What is exported may be built from the context
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-merges, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export: { as: '$context + .' }
      - second:
          set: { b: 2 }
          export: { as: '${ $context + $output }' }
      - third:
          set: { context: '${ $context }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    context: { a: 1, b: 2 }
    """

  Scenario: An export may be an object
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-object, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export:
            as: { value: '${ .a }', literal: .a, name: '${ $task.name }' }
      - second:
          set: '${ $context }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { value: 1, literal: .a, name: first }
    """

  Scenario: A task without export keeps the context, and changes the data
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-keeps, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export: { as: . }
      - second:
          set: { b: 2 }
      - third:
          set: { data: '${ . }', context: '${ $context }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { b: 2 }, context: { a: 1 } }
    """

  Scenario: The export is evaluated on the transformed output, and changes no data
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-transformed, version: '1.0.0' }
    do:
      - first:
          set: { a: { b: 1 } }
          output: { as: .a }
          export: { as: '{ seen: ., output: $output, input: $input }' }
      - second:
          set: { data: '${ . }', context: '${ $context }' }
    """
    And the workflow input is:
    """yaml
    c: 3
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { b: 1 }, context: { seen: { b: 1 }, output: { b: 1 }, input: { c: 3 } } }
    """

  Scenario: A context need not be an object
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-scalar, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export: { as: .a }
      - second:
          set: { context: '${ $context + 1 }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    context: 2
    """

  Scenario: An export that fails is an expression error, and keeps the context
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-error, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export: { as: . }
      - attempt:
          try:
            - second:
                set: { b: text }
                export: { as: .b - 1 }
          catch:
            do:
              - report:
                  set: { status: '${ $error.status }', instance: '${ $error.instance }', context: '${ $context }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { status: 400, instance: /do/1/attempt/try/0/second, context: { a: 1 } }
    """

  Scenario: An export that matches its schema becomes the context
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-schema-match, version: '1.0.0' }
    do:
      - first:
          set: { a: 1 }
          export:
            as: '{ count: .a }'
            schema:
              document: { type: object, required: [ count ] }
      - second:
          set: '${ $context }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    count: 1
    """

  Scenario: An export that does not match its schema is a validation error, and keeps the context
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-schema-mismatch, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                set: { a: 1 }
                export:
                  as: .
                  schema:
                    document: { type: object, required: [ count ] }
          catch:
            do:
              - report:
                  set: { type: '${ $error.type | split("/") | last }', status: '${ $error.status }', context: '${ $context }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { type: validation, status: 400, context: {} }
    """

  Scenario: What a nested task exports is seen by all that follow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-nested, version: '1.0.0' }
    do:
      - outer:
          do:
            - inner:
                set: { a: 1 }
                export: { as: '{ from: $task.reference }' }
            - sibling:
                set: { seen: '${ $context.from }' }
      - after:
          set: { sibling: '${ .seen }', after: '${ $context.from }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { sibling: /do/0/outer/do/0/inner, after: /do/0/outer/do/0/inner }
    """

  Scenario: A task exports before its directive is followed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: export-before-then, version: '1.0.0' }
    output:
      as: '{ data: ., context: $context }'
    do:
      - first:
          set: { a: 1 }
          export: { as: '{ b: 2 }' }
          then: end
      - second:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { a: 1 }, context: { b: 2 } }
    """

  Scenario: The workflow's input is transformed before the first task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-input, version: '1.0.0' }
    input:
      from: '{ value: .a }'
    do:
      - first:
          set: { data: '${ . }', raw: '${ $workflow.input }', task: '${ $task.input }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: { value: 1 }, raw: { a: 1 }, task: { value: 1 } }
    """

  Scenario: The workflow's input may be built from an object
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-input-object, version: '1.0.0' }
    input:
      from: { value: '${ .a }', name: '${ $workflow.definition.document.name }' }
    do:
      - first:
          set: { data: '${ . }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    data: { value: 1, name: workflow-input-object }
    """

  Scenario: A workflow whose input does not match its schema faults before its first task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-input-schema, version: '1.0.0' }
    input:
      schema:
        document: { type: object, required: [ a ] }
      from: .b + 1
    do:
      - first:
          set: { ran: true }
    """
    And the workflow input is:
    """yaml
    b: { no: number }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    status: 400
    """
    And first should not run

  Scenario: A workflow whose input cannot be transformed faults
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-input-error, version: '1.0.0' }
    input:
      from: .a + 1
    do:
      - first:
          set: { ran: true }
    """
    And the workflow input is:
    """yaml
    a: { no: number }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    """

  Scenario: There is no context yet where the workflow's input is transformed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-input-context, version: '1.0.0' }
    input:
      from: $context
    do:
      - first:
          set: { a: 1 }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/input/from'

  Scenario: A workflow that is started without input gets an empty object
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-input-missing, version: '1.0.0' }
    do:
      - first:
          set: { data: '${ . }', raw: '${ $workflow.input }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: {}, raw: {} }
    """

  Scenario Outline: The workflow's input may be <input>
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-input-<case>, version: '1.0.0' }
    do:
      - first:
          set: { data: '${ . }', type: '${ type }' }
    """
    And the workflow input is:
    """yaml
    <input>
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: <input>, type: <type> }
    """

    Examples:
      | case   | input    | type   |
      | number | 12       | number |
      | list   | [ 1, 2 ] | array  |
      | null   | null     | 'null' |

  Scenario: The workflow's output is transformed after the last task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-output, version: '1.0.0' }
    output:
      as: '{ data: .b, context: $context, name: $workflow.definition.document.name, input: $workflow.input }'
    do:
      - first:
          set: { b: 2 }
          export: { as: '{ c: 3 }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: 2, context: { c: 3 }, name: workflow-output, input: { a: 1 } }
    """

  Scenario: The workflow's output may be built from an object
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-output-object, version: '1.0.0' }
    output:
      as: { value: '${ .a }', literal: .a }
    do:
      - first:
          set: { a: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { value: 1, literal: .a }
    """

  Scenario: There is no $input where the workflow's output is transformed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-output-input, version: '1.0.0' }
    output:
      as: $input
    do:
      - first:
          set: { a: 1 }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/output/as'

  Scenario: The workflow's output schema is that of the transformed output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-output-schema, version: '1.0.0' }
    output:
      as: .a
      schema:
        document: { type: integer }
    do:
      - first:
          set: { a: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    1
    """

  Scenario: A workflow whose output does not match its schema faults
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-output-mismatch, version: '1.0.0' }
    output:
      schema:
        document: { type: object, required: [ b ] }
    do:
      - first:
          set: { a: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    status: 400
    """

  Scenario: A workflow whose output cannot be transformed faults
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: workflow-output-error, version: '1.0.0' }
    output:
      as: .a - 1
    do:
      - first:
          set: { a: text }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    """

  Scenario: $workflow tells of the instance and of its definition
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: descriptor-workflow, version: '1.0.0' }
    do:
      - first:
          set:
            id: '${ $workflow.id | type }'
            name: '${ $workflow.definition.document.name }'
            tasks: '${ $workflow.definition.do | length }'
            input: '${ $workflow.input }'
            iso: '${ $workflow.startedAt.iso8601 | type }'
            seconds: '${ $workflow.startedAt.epoch | .seconds == (.milliseconds / 1000 | floor) }'
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { id: string, name: descriptor-workflow, tasks: 1, input: { a: 1 }, iso: string, seconds: true }
    """

  Scenario: $task tells of the task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: descriptor-task, version: '1.0.0' }
    do:
      - outer:
          do:
            - inner:
                metadata: { color: red }
                set:
                  name: '${ $task.name }'
                  reference: '${ $task.reference }'
                  color: '${ $task.definition.metadata.color }'
                  input: '${ $task.input }'
                  started: '${ $task.startedAt.epoch.milliseconds >= $workflow.startedAt.epoch.milliseconds }'
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { name: inner, reference: /do/0/outer/do/0/inner, color: red, input: { a: 1 }, started: true }
    """

  Scenario: $runtime tells of the runtime
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: descriptor-runtime, version: '1.0.0' }
    do:
      - first:
          set: { name: '${ $runtime.name | type }', version: '${ $runtime.version | type }', metadata: '${ $runtime.metadata | type }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { name: string, version: string, metadata: object }
    """

  Scenario: The descriptors are visible wherever the task's expressions stand
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: descriptor-places, version: '1.0.0' }
    do:
      - first:
          if: $task.name == "first" and $workflow.id != null and $runtime.name != null
          input: { from: '{ reference: $task.reference, id: $workflow.id, runtime: $runtime.name }' }
          set: { same: '${ .id == $workflow.id and .runtime == $runtime.name and .reference == $task.reference }' }
          output: { as: '{ same: (.same and $task.name == "first" and $workflow.id == $input.id and $runtime.name == $input.runtime) }' }
          export: { as: '{ same: ($output.same and $task.name == "first" and $workflow.id == $input.id and $runtime.name == $input.runtime) }' }
      - second:
          set: { data: '${ .same }', context: '${ $context.same }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { data: true, context: true }
    """

  Scenario: A variable that has no meaning is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: variable-unknown, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ $nothing }' }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/first/set/a'

  Scenario: A schema may stand elsewhere, and is what it was when the workflow was deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: external-schema, version: '1.0.0' }
    input:
      schema:
        resource:
          endpoint: http://service.test/schemas/order.json
    do:
      - pause:
          wait: PT0.1S
      - keep:
          input:
            schema:
              resource: { name: order, endpoint: { uri: 'http://service.test/schemas/order.json' } }
          set: { kept: '${ .id }' }
    """
    And the workflow input is:
    """yaml
    id: 7
    """
    And the service answers 'GET /schemas/order.json' with status 200 and body:
    """yaml
    type: object
    required: [ id ]
    """
    When the workflow is deployed
    And the service answers 'GET /schemas/order.json' with status 404
    And the workflow is started
    And the runtime restarts
    And the workflow ends
    Then the workflow should complete with output:
    """yaml
    kept: 7
    """

  Scenario: An input that does not match a schema elsewhere is a validation error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: external-schema-unmatched, version: '1.0.0' }
    input:
      schema:
        resource:
          endpoint: http://service.test/schemas/strict.json
    do: []
    """
    And the service answers 'GET /schemas/strict.json' with status 200 and body:
    """yaml
    required: [ id ]
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 400
    instance: /input
    """

  Scenario: A schema that is not where the workflow says is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: data-flow, name: external-schema-missing, version: '1.0.0' }
    input:
      schema:
        resource:
          endpoint: http://service.test/schemas/missing.json
    do: []
    """
    And the service answers 'GET /schemas/missing.json' with status 404
    When the workflow is deployed
    Then the workflow should be refused at '/input/schema/resource/endpoint'

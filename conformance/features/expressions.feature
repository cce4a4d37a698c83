Feature: Expressions
  Where a text is an expression and where it is a text, and what becomes of the values.

  Scenario: A bare text in a value is a text
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: bare, version: '1.0.0' }
    do:
      - first:
          set: { a: .b, c: '1 + 1' }
    """
    And the workflow input is:
    """yaml
    b: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { a: .b, c: 1 + 1 }
    """

  Scenario: A text that is wrapped as a whole is an expression
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: wrapped, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ .b }', c: '${1 + 1}', d: '  ${ .b }  ' }
    """
    And the workflow input is:
    """yaml
    b: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { a: 1, c: 2, d: 1 }
    """

  # Only the whole text is an expression: nothing is put into a part of it.
  Scenario: A text that is wrapped in part is a text
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: embedded, version: '1.0.0' }
    do:
      - first:
          set: { a: 'Hello ${ .name }!', b: '${ "Hello \(.name)!" }' }
    """
    And the workflow input is:
    """yaml
    name: John
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 'Hello ${ .name }!'
    b: Hello John!
    """

  Scenario: An expression may hold braces of its own
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: braces, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ { b: { c: .d } } }', e: '${ "}" }' }
    """
    And the workflow input is:
    """yaml
    d: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { a: { b: { c: 1 } }, e: '}' }
    """

  Scenario: Expressions are evaluated at any depth of a value, and names are not
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: deep, version: '1.0.0' }
    do:
      - first:
          set:
            list:
              - { a: '${ .b }' }
              - [ '${ .b + 1 }', text ]
            '${ .b }': name
    """
    And the workflow input is:
    """yaml
    b: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    list: [ { a: 1 }, [ 2, text ] ]
    '${ .b }': name
    """

  Scenario: An expression may have several lines
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: many-lines, version: '1.0.0' }
    do:
      - first:
          set:
            sum: |
              ${
                [ .items[] | select(. > 1) ]
                | add
              }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2, 3 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    sum: 5
    """

  Scenario: An expression without result is null
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: no-result, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ empty }', b: '${ .items[] }' }
    """
    And the workflow input is:
    """yaml
    items: []
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { a: null, b: null }
    """

  Scenario: An expression with one result is that result
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: one-result, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ .items[] }' }
    """
    And the workflow input is:
    """yaml
    items: [ 1 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { a: 1 }
    """

  Scenario: An expression with more results is a list of them
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: more-results, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ .items[] }', b: '${ 1, null, "x" }' }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { a: [ 1, 2 ], b: [ 1, null, x ] }
    """

  Scenario: What is no text is kept as it is
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: literals, version: '1.0.0' }
    do:
      - first:
          set: { number: 1.5, yes: true, no: false, nothing: null, list: [], object: {} }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { number: 1.5, yes: true, no: false, nothing: null, list: [], object: {} }
    """

  Scenario Outline: <value> goes from task to task like any other value
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: falsy-<case>, version: '1.0.0' }
    do:
      - first:
          set: '${ <value> }'
      - second:
          input: { from: . }
          set: { got: '${ . }', type: '${ type }' }
          output: { as: . }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { got: <value>, type: <type> }
    """

    Examples:
      | case  | value | type    |
      | false | false | boolean |
      | zero  | 0     | number  |
      | text  | ""    | string  |
      | null  | null  | 'null'  |

  Scenario Outline: <value> may be the workflow's output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: falsy-output-<case>, version: '1.0.0' }
    do:
      - first:
          set: '${ <value> }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    <value>
    """

    Examples:
      | case  | value |
      | false | false |
      | null  | null  |

  Scenario: A whole number keeps its digits
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: number-large, version: '1.0.0' }
    do:
      - first:
          set: { passed: '${ .id }', whole: '${ . }', next: '${ .id + 1 }', literal: 9007199254740993 }
    """
    And the workflow input is:
    """yaml
    id: 9007199254740993
    """
    When the workflow is executed
    Then the workflow should complete with output written as:
    """yaml
    {"passed":9007199254740993,"whole":{"id":9007199254740993},"next":9007199254740994,"literal":9007199254740993}
    """

  Scenario: A decimal number that is passed on keeps its digits
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: number-decimal, version: '1.0.0' }
    do:
      - first:
          set: { passed: '${ .price }', literal: 1.10 }
      - second:
          set: '${ . }'
    """
    And the workflow input is:
    """yaml
    price: 1.10
    """
    When the workflow is executed
    Then the workflow should complete with output written as:
    """yaml
    {"passed":1.10,"literal":1.10}
    """

  Scenario: A text of digits stays a text
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: text-number, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ .id }', b: '12' }
    """
    And the workflow input is:
    """yaml
    id: '007'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { a: '007', b: '12' }
    """

  Scenario: A text keeps its characters
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: unicode, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ .name }', length: '${ .name | length }' }
    """
    And the workflow input is:
    """yaml
    name: "Zo\u00eb \U0001F600 \"quoted\" \\ back"
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: "Zo\u00eb \U0001F600 \"quoted\" \\ back"
    length: 21
    """

  Scenario: An expression that cannot be read is told when the workflow is deployed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: syntax, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ .b + }' }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/0/first/set/a'

  Scenario: A text of the data is never evaluated
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: data-is-no-expression, version: '1.0.0' }
    do:
      - first:
          set: { a: '${ .text }' }
      - second:
          set: { b: '${ .a }' }
    """
    And the workflow input is:
    """yaml
    text: '${ 1 + 1 }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    b: '${ 1 + 1 }'
    """

  Scenario: Conditions and transformations may be bare
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: bare-places, version: '1.0.0' }
    do:
      - first:
          if: .a == 1
          input: { from: '{ b: .a }' }
          set: { c: '${ .b }' }
          output: { as: '{ d: .c }' }
          export: { as: '{ e: .d }' }
      - second:
          switch:
            - one:
                when: .d == 1
                then: third
            - other:
                then: end
      - third:
          set: { d: '${ .d }', e: '${ $context.e }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { d: 1, e: 1 }
    """

  Scenario: Conditions and transformations may be wrapped
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: expressions, name: wrapped-places, version: '1.0.0' }
    do:
      - first:
          if: ${ .a == 1 }
          input: { from: '${ { b: .a } }' }
          set: { c: '${ .b }' }
          output: { as: '${ { d: .c } }' }
          export: { as: '${ { e: .d } }' }
      - second:
          switch:
            - one:
                when: ${ .d == 1 }
                then: third
            - other:
                then: end
      - third:
          set: { d: '${ .d }', e: '${ $context.e }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { d: 1, e: 1 }
    """

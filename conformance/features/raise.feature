Feature: Raise
  A task that does nothing but fail.

  Scenario: An error that nobody catches faults the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: inline, version: '1.0.0' }
    do:
      - first:
          raise:
            error:
              type: https://example.com/errors/broken
              status: 418
              title: Broken
              detail: It broke.
      - second:
          set: { never: true }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 418
    title: Broken
    detail: It broke.
    instance: /do/0/first
    """
    And second should not run

  Scenario: What an error says may be expressions
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: expressions, version: '1.0.0' }
    do:
      - first:
          raise:
            error:
              type: ${ "https://example.com/errors/" + .kind }
              status: 400
              title: '${ "No \(.what)" }'
              detail: '${ $workflow.definition.document.name }'
    """
    And the workflow input is:
    """yaml
    { kind: missing, what: bread }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/missing
    status: 400
    title: No bread
    detail: expressions
    """

  Scenario: What an error says is a text where it is not wrapped
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: bare, version: '1.0.0' }
    do:
      - first:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 400, title: .what, detail: 'No ${ .what }' }
    """
    And the workflow input is:
    """yaml
    what: bread
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    title: .what
    detail: 'No ${ .what }'
    """

  Scenario: An error whose text cannot be evaluated is an expression error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: fails, version: '1.0.0' }
    do:
      - first:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 400, title: '${ .what - 1 }' }
    """
    And the workflow input is:
    """yaml
    what: bread
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/first
    """

  # The pointer names the task in the document, each list with the index and the name.
  Scenario: The error's instance is the pointer of the task that raised it
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: pointer-nested, version: '1.0.0' }
    do:
      - zero:
          set: { a: 1 }
      - outer:
          try:
            - inner:
                do:
                  - zero:
                      set: { a: 1 }
                  - deep:
                      raise:
                        error: { type: 'https://example.com/errors/broken', status: 500 }
          catch:
            do:
              - report:
                  set: { instance: '${ $error.instance }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    instance: /do/1/outer/try/0/inner/do/1/deep
    """

  Scenario: A pointer escapes what a name has of its own marks
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: pointer-escaped, version: '1.0.0' }
    do:
      - a/b~c d:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 500 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    instance: /do/0/a~1b~0c d
    """

  # An instance that the author gives is kept.
  Scenario: An instance that the error names is kept
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: pointer-given, version: '1.0.0' }
    do:
      - first:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 500, instance: /somewhere/else }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    instance: /somewhere/else
    """

  Scenario: An instance may be an expression
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: pointer-expression, version: '1.0.0' }
    do:
      - first:
          raise:
            error: { type: 'https://example.com/errors/broken', status: 500, instance: '${ "/orders/" + .id }' }
    """
    And the workflow input is:
    """yaml
    id: '12'
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    instance: /orders/12
    """

  Scenario: A raise that is skipped raises nothing
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: skipped, version: '1.0.0' }
    do:
      - first:
          if: .a == 1
          raise:
            error: { type: 'https://example.com/errors/broken', status: 500 }
          then: end
      - second:
          set: { went: on }
    """
    And the workflow input is:
    """yaml
    a: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    went: on
    """

  Scenario: An error is made from the transformed input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: transformed, version: '1.0.0' }
    do:
      - first:
          input: { from: .a }
          raise:
            error: { type: 'https://example.com/errors/broken', status: 500, title: '${ .b }', detail: '${ $input.b }' }
    """
    And the workflow input is:
    """yaml
    a: { b: text }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    title: text
    detail: text
    """

  Scenario: A caught error may be raised again, as it was
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: raise, name: again, version: '1.0.0' }
    do:
      - attempt:
          try:
            - first:
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 418, title: Broken }
          catch:
            as: cause
            do:
              - second:
                  raise:
                    error: { type: '${ $cause.type }', status: 500, title: '${ $cause.title + " again" }', instance: '${ $cause.instance }' }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/broken
    status: 500
    title: Broken again
    instance: /do/0/attempt/try/0/first
    """

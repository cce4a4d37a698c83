Feature: For
  A list of tasks for each item, where each iteration goes on with the output of the one before.

  Scenario: Each item is seen once, in order, by its default names
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: items, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - add:
                set: { seen: '${ .seen + [ { item: $item, index: $index } ] }' }
    """
    And the workflow input is:
    """yaml
    items: [ a, null, false ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ { item: a, index: 0 }, { item: null, index: 1 }, { item: false, index: 2 } ]
    """
    And add should run 3 times

  Scenario: Item and index have the names that the author gives them
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: names, version: '1.0.0' }
    do:
      - loop:
          for: { each: letter, at: place, in: '${ .items }' }
          do:
            - add:
                set: { text: '${ .text + "\($place)\($letter)" }' }
    """
    And the workflow input is:
    """yaml
    { items: [ a, b ], text: '' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    text: 0a1b
    """

  Scenario: The first iteration gets the transformed input, each other the output of the one before
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: chain, version: '1.0.0' }
    do:
      - loop:
          input: { from: '{ n: .a, items: [ 1, 2, 3 ] }' }
          for: { in: .items }
          do:
            - one:
                set: { n: '${ .n * 2 }' }
            - two:
                set: { n: '${ .n + $item }' }
          output: { as: '{ result: .n, input: $input.n }' }
    """
    And the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { result: 19, input: 1 }
    """

  Scenario: What to go through is evaluated once
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: once, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - more:
                set: { items: '${ .items + [ 9 ] }', n: '${ (.n // 0) + 1 }' }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { items: [ 1, 2, 9, 9 ], n: 2 }
    """

  Scenario: Without items the transformed input is the output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: empty, version: '1.0.0' }
    do:
      - loop:
          input: { from: .a }
          for: { in: .items }
          do:
            - never:
                set: { never: true }
    """
    And the workflow input is:
    """yaml
    a: { items: [], b: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { items: [], b: 1 }
    """
    And never should not run

  Scenario: A loop without tasks hands on its input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: no-tasks, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do: []
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    items: [ 1, 2 ]
    """

  Scenario: The items may stand in the document, with expressions
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: inline, version: '1.0.0' }
    do:
      - loop:
          for:
            in:
              - { name: first, n: '${ .n }' }
              - { name: second, n: '${ .n + 1 }' }
          do:
            - add:
                set: { n: '${ .n }', names: '${ .names + [ "\($item.name) \($item.n)" ] }' }
    """
    And the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { n: 1, names: [ first 1, second 2 ] }
    """

  Scenario: A loop goes over an object's values
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: values, version: '1.0.0' }
    do:
      - loop:
          for: { each: entry, in: '.prices | to_entries' }
          do:
            - add:
                set: { sum: '${ .sum + $entry.value }', names: '${ .names + [ $entry.key ] }' }
    """
    And the workflow input is:
    """yaml
    prices: { apple: 2, pear: 3 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { sum: 5, names: [ apple, pear ] }
    """

  Scenario: Several results of the expression are the items
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: results, version: '1.0.0' }
    do:
      - loop:
          for: { in: '.prices[]' }
          do:
            - add:
                set: { sum: '${ .sum + $item }' }
    """
    And the workflow input is:
    """yaml
    prices: { apple: 2, pear: 3 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    sum: 5
    """

  Scenario Outline: A loop over <what> is an expression error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: no-list-<case>, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - never:
                set: { never: true }
    """
    And the workflow input is:
    """yaml
    <input>
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/loop
    """
    And never should not run

    Examples:
      | case   | what      | input           |
      | object | an object | items: { a: 1 } |
      | null   | null      | {}              |
      | text   | a text    | items: text     |

  Scenario: What to go through may fail to be evaluated
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: in-fails, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items + 1 }
          do:
            - never:
                set: { never: true }
    """
    And the workflow input is:
    """yaml
    items: { a: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    instance: /do/0/loop
    """

  Scenario: A loop goes on while its condition holds, which sees the item and the data so far
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: while, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          while: .sum < 5 and $item != 9 and $index < 10
          do:
            - add:
                set: { sum: '${ (.sum // 0) + $item }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 2, 2, 2, 2 ], sum: 0 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    sum: 6
    """
    And add should run 3 times

  Scenario: A condition that does not hold at first leaves the transformed input
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: while-first, version: '1.0.0' }
    do:
      - loop:
          input: { from: '{ items: .items, kept: true }' }
          for: { in: .items }
          while: 'false'
          do:
            - never:
                set: { never: true }
    """
    And the workflow input is:
    """yaml
    items: [ 1 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { items: [ 1 ], kept: true }
    """

  Scenario: A condition may stop at an item
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: while-item, version: '1.0.0' }
    do:
      - loop:
          for: { each: n, in: .items }
          while: '${ $n > 0 }'
          do:
            - add:
                set: { seen: '${ .seen + [ $n ] }' }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2, -1, 3 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2 ]
    """

  Scenario: A condition that fails is an error of the loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: while-fails, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          while: $item + 1 < 5
          do:
            - add:
                set: { n: '${ (.n // 0) + 1 }' }
    """
    And the workflow input is:
    """yaml
    items: [ 1, text ]
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
    instance: /do/0/loop
    """
    And add should run 1 times

  Scenario: Loops in loops see the items of all of them
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: nested, version: '1.0.0' }
    do:
      - rows:
          for: { each: row, in: .rows }
          do:
            - cells:
                for: { each: cell, at: column, in: $row }
                do:
                  - add:
                      set: { text: '${ .text + "\($index).\($column)=\($cell) " }' }
    """
    And the workflow input is:
    """yaml
    { rows: [ [ 1, 2 ], [ 3 ] ], text: '' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    text: '0.0=1 0.1=2 1.0=3 '
    """

  Scenario: The names of an inner loop hide those of the outer one, as long as it runs
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: shadow, version: '1.0.0' }
    do:
      - outer:
          for: { in: '["a", "b"]' }
          do:
            - inner:
                for: { in: '[1, 2]' }
                do:
                  - add:
                      set: { seen: '${ .seen + [ $item ] }' }
            - after:
                set: { seen: '${ .seen + [ $item, $index ] }' }
    """
    And the workflow input is:
    """yaml
    seen: []
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2, a, 0, 1, 2, b, 1 ]
    """

  Scenario: Tasks at any depth see the item
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: deep, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - outer:
                do:
                  - attempt:
                      try:
                        - fail:
                            raise:
                              error: { type: 'https://example.com/errors/broken', status: 500, title: '${ "no \($item)" }' }
                      catch:
                        when: .title == "no \($item)"
                        do:
                          - handler:
                              if: $index >= 0
                              input: { from: '. + { item: $item }' }
                              set: { seen: '${ .seen + [ .item, $error.title ] }' }
    """
    And the workflow input is:
    """yaml
    { items: [ x ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ x, no x ]
    """

  Scenario: The item has no name outside of its loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: gone, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - one:
                set: { a: 1 }
      - after:
          set: { item: '${ $item }' }
    """
    When the workflow is deployed
    Then the workflow should be refused at '/do/1/after/set/item'

  Scenario: What an iteration exports is seen by the next
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: export, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - add:
                set: { item: '${ $item }', before: '${ $context.last }' }
                export: { as: '{ last: .item, before: .before }' }
      - after:
          set: '${ $context }'
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2, 3 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { last: 3, before: 2 }
    """

  # exit completes the task that the list belongs to: here it breaks the loop.
  Scenario: exit breaks the loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: exit, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - add:
                set: { seen: '${ .seen + [ $item ] }' }
            - check:
                if: $item == 2
                set: { seen: '${ .seen }', left: true }
                then: exit
            - never:
                if: $item == 2
                set: { never: true }
      - after:
          set: { seen: '${ .seen }', left: '${ .left }', after: true }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2, 3 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { seen: [ 1, 2 ], left: true, after: true }
    """
    And add should run 2 times

  Scenario: exit in a list inside the loop leaves that list only
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: exit-inner, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - inner:
                do:
                  - add:
                      set: { seen: '${ .seen + [ $item ] }' }
                      then: exit
                  - never:
                      set: { never: true }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2 ]
    """

  Scenario: end in a loop completes the workflow
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: end, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - add:
                set: { seen: '${ .seen + [ $item ] }' }
            - check:
                switch:
                  - enough:
                      when: $item == 2
                      then: end
      - after:
          set: { never: true }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2, 3 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2 ]
    """

  Scenario: A directive inside a loop stays in its iteration
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: goto, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - choose:
                switch:
                  - odd:
                      when: $item % 2 == 1
                      then: add
                  - even:
                      then: skip
            - skip:
                set: '${ . }'
                then: done
            - add:
                set: { seen: '${ .seen + [ $item ] }' }
            - done:
                set: '${ . }'
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2, 3 ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 3 ]
    """

  Scenario: The loop's own directive is followed when it ends
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: then, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - add:
                set: { n: '${ (.n // 0) + 1 }' }
          then: third
      - second:
          set: { never: true }
      - third:
          set: { n: '${ .n }', third: true }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { n: 2, third: true }
    """

  Scenario: An error inside names the task in the document, whatever the iteration
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: pointer, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - zero:
                set: { a: 1 }
            - fail:
                if: $item == 2
                raise:
                  error: { type: 'https://example.com/errors/broken', status: 500, detail: '${ "item \($item)" }' }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2, 3 ]
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    instance: /do/0/loop/do/1/fail
    detail: item 2
    """
    And zero should run 2 times

  Scenario: An error that is caught around the loop ends it
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: try-around, version: '1.0.0' }
    do:
      - attempt:
          try:
            - loop:
                for: { in: .items }
                do:
                  - fail:
                      if: $item == 2
                      raise:
                        error: { type: 'https://example.com/errors/broken', status: 500 }
                  - add:
                      set: { n: '${ (.n // 0) + 1 }' }
          catch:
            do:
              - handler:
                  set: { instance: '${ $error.instance }', items: '${ .items }' }
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2, 3 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { instance: /do/0/attempt/try/0/loop/do/0/fail, items: [ 1, 2, 3 ] }
    """
    And add should run 1 times

  Scenario: An error that is caught inside the loop does not end it
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: try-inside, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - attempt:
                try:
                  - fail:
                      if: $item == 2
                      raise:
                        error: { type: 'https://example.com/errors/broken', status: 500 }
                  - add:
                      set: { seen: '${ .seen + [ $item ] }' }
                catch:
                  do:
                    - handler:
                        set: { seen: '${ .seen + [ -$item ] }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2, 3 ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, -2, 3 ]
    """

  Scenario: A retry around the loop begins with the first item again
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: retried, version: '1.0.0' }
    do:
      - attempt:
          try:
            - loop:
                for: { in: .items }
                do:
                  - call:
                      call: for-retried
                      with: { seen: '${ .seen + [ $item ] }' }
          catch:
            retry: { limit: { attempt: { count: 2 } } }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2 ], seen: [] }
    """
    And a function 'for-retried' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2 ]
    """
    And the function 'for-retried' should have been called 3 times

  Scenario: A retry inside the loop repeats the iteration only
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: retried-inside, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - attempt:
                try:
                  - call:
                      call: for-retried-inside
                      with: { seen: '${ .seen + [ $item ] }' }
                catch:
                  retry: { limit: { attempt: { count: 2 } } }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2 ], seen: [] }
    """
    And a function 'for-retried-inside' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2 ]
    """
    And the function 'for-retried-inside' should have been called 3 times

  Scenario: A loop waits for what its tasks wait for
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: calls, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - pause:
                wait: { milliseconds: 10 }
            - call:
                call: for-calls
                with: { seen: '${ .seen + [ $item * 10 ] }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2, 3 ], seen: [] }
    """
    And a function 'for-calls' that returns its input
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 10, 20, 30 ]
    """
    And the function 'for-calls' should have been called 3 times

  Scenario: A loop over many items ends
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: many, version: '1.0.0' }
    do:
      - loop:
          for: { in: '[ range(1500) ]' }
          do:
            - add:
                set: { sum: '${ .sum + $item }' }
    """
    And the workflow input is:
    """yaml
    sum: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    sum: 1124250
    """

  Scenario: A loop that takes too long is a timeout error of the loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: timeout, version: '1.0.0' }
    do:
      - loop:
          timeout: { after: { milliseconds: 150 } }
          for: { in: .items }
          do:
            - pause:
                wait: { seconds: '${ $item }' }
            - add:
                set: { n: '${ $item }' }
    """
    And the workflow input is:
    """yaml
    items: [ 0, 0, 3600, 0 ]
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/loop
    """
    And add should run 2 times

  Scenario: A timeout inside a loop counts for each iteration
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: timeout-inside, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - attempt:
                try:
                  - pause:
                      timeout: { after: { milliseconds: 60 } }
                      wait: { seconds: '${ $item }' }
                  - add:
                      set: { seen: '${ .seen + [ $item ] }' }
                catch:
                  errors: { with: { status: 408 } }
                  do:
                    - late:
                        set: { seen: '${ .seen + [ "late" ] }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 0, 3600, 0 ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 0, late, 0 ]
    """

  Scenario: A loop goes on with its item after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: restart, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - call:
                call: for-restart
                output: { as: '{ items: $input.items, seen: ($input.seen + [ $item, .x ]) }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2, 3 ], seen: [] }
    """
    And a function 'for-restart' that waits to be told
    When the workflow is started
    And the function 'for-restart' is called
    And the runtime restarts
    And the function 'for-restart' returns:
    """yaml
    { x: y }
    """
    Then the workflow should complete with output:
    """yaml
    items: [ 1, 2, 3 ]
    seen: [ 1, y, 2, y, 3, y ]
    """
    And call should run 3 times

  Scenario: A loop that waits goes on after a restart
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: restart-wait, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - pause:
                wait: { milliseconds: '${ $item }' }
            - add:
                set: { seen: '${ .seen + [ $index ] }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 0, 1500, 0 ], seen: [] }
    """
    When the workflow is started
    And the workflow waits
    And the runtime restarts
    Then the workflow should complete with output:
    """yaml
    seen: [ 0, 1, 2 ]
    """

  Scenario: A workflow is cancelled in the middle of a loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: cancel, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - call:
                call: for-cancel
    """
    And the workflow input is:
    """yaml
    items: [ 1, 2 ]
    """
    And a function 'for-cancel' that waits to be told
    When the workflow is started
    And the function 'for-cancel' is called
    And the workflow is cancelled
    And the function 'for-cancel' returns:
    """yaml
    {}
    """
    Then the workflow should be cancelled
    And call should run 1 times

  Scenario: A suspended loop goes on when it is resumed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: suspend, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - call:
                call: for-suspend
                output: { as: '{ seen: ($input.seen + [ $item ]) }' }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2 ], seen: [] }
    """
    And a function 'for-suspend' that waits to be told
    When the workflow is started
    And the function 'for-suspend' is called
    And the workflow is suspended
    And the function 'for-suspend' returns:
    """yaml
    {}
    """
    Then the workflow should be suspended
    And call should run 1 times
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2 ]
    """

  Scenario: A loop that is retried by hand goes on with the item that failed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: by-hand, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - fine:
                call: for-by-hand-fine
                with: { seen: '${ .seen + [ $item ] }' }
            - call:
                if: $item == 2
                call: for-by-hand
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2, 3 ], seen: [] }
    """
    And a function 'for-by-hand-fine' that returns its input
    And a function 'for-by-hand' that returns its input after failing 1 times with error:
    """yaml
    { type: 'https://example.com/errors/broken', status: 503 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    { status: 503, instance: /do/0/loop/do/1/call }
    """
    When the workflow is retried
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2, 3 ]
    """
    And the function 'for-by-hand-fine' should have been called 3 times

  Scenario: A loop may be skipped
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: skipped, version: '1.0.0' }
    do:
      - loop:
          if: .go
          for: { in: .items }
          do:
            - never:
                set: { never: true }
    """
    And the workflow input is:
    """yaml
    { go: false, items: [ 1 ] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { go: false, items: [ 1 ] }
    """

  Scenario: A loop's output is checked against its schema
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: schema, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - add:
                set: { n: '${ $item }' }
          output:
            schema:
              document: { type: object, properties: { n: { type: integer } } }
    """
    And the workflow input is:
    """yaml
    items: [ 1, text ]
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    instance: /do/0/loop
    """

  Scenario: exit in a handler inside a loop leaves the try task, not the loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: exit-handler, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - attempt:
                try:
                  - fail:
                      raise:
                        error: { type: 'https://example.com/errors/broken', status: 500 }
                catch:
                  do:
                    - handler:
                        set: { seen: '${ .seen + [ $item ] }' }
                        then: exit
                    - never:
                        set: { never: true }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2 ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2 ]
    """

  Scenario: The directive of a handler may break the loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: exit-catch, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - attempt:
                try:
                  - add:
                      set: { seen: '${ .seen + [ $item ] }' }
                  - fail:
                      if: $item == 2
                      raise:
                        error: { type: 'https://example.com/errors/broken', status: 500 }
                catch:
                  then: exit
      - after:
          set: { seen: '${ .seen }', after: true }
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2, 3 ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { seen: [ 1 ], after: true }
    """

  Scenario: A case may break the loop
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: exit-switch, version: '1.0.0' }
    do:
      - loop:
          for: { in: .items }
          do:
            - add:
                set: { seen: '${ .seen + [ $item ] }' }
            - check:
                switch:
                  - enough:
                      when: $item == 2
                      then: exit
                  - otherwise:
                      then: continue
    """
    And the workflow input is:
    """yaml
    { items: [ 1, 2, 3 ], seen: [] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    seen: [ 1, 2 ]
    """

  Scenario: What to go through, and how long, may come from the context
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: context, version: '1.0.0' }
    do:
      - first:
          set: { n: 0 }
          export: { as: '{ items: [ 5, 6, 7 ], limit: 2 }' }
      - loop:
          for: { in: $context.items }
          while: $index < $context.limit
          do:
            - add:
                set: { n: '${ .n + $item }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 11
    """

  Scenario: A loop that is run again begins with its first item
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: for, name: repeated, version: '1.0.0' }
    do:
      - loop:
          for: { in: '[ 1, 2 ]' }
          do:
            - add:
                set: { n: '${ .n + $item }' }
      - again:
          switch:
            - more:
                when: .n < 6
                then: loop
    """
    And the workflow input is:
    """yaml
    n: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 6
    """
    And add should run 4 times

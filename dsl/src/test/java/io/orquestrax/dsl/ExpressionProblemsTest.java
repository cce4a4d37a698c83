package io.orquestrax.dsl;

import static io.orquestrax.dsl.WrongDocument.body;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Mistakes in expressions. */
class ExpressionProblemsTest {

    @TestFactory
    Stream<DynamicTest> tellsEachMistakeOnceWithItsPlace() {
        return WrongDocument.tests(expressions());
    }

    static List<WrongDocument> expressions() {
        return List.of(
                body("a bare one", "do:\n- a: {if: .x +, set: {x: 1}}\n", "3:15 expression-syntax /do/0/a/if"),
                body(
                        "a plain one",
                        "do:\n- a:\n    if: .x === 1\n    set: {x: 1}\n",
                        "4:14 expression-syntax /do/0/a/if"),
                body(
                        "one in single quotes",
                        "do:\n- a:\n    set: {x: '${ \"it''s\" + ) }'}\n",
                        "4:28 expression-syntax /do/0/a/set/x"),
                body(
                        "one in double quotes",
                        "do:\n- a:\n    set: {x: \"${ \\\"\\u00e9\\\" + ) }\"}\n",
                        "4:31 expression-syntax /do/0/a/set/x"),
                body(
                        "one in a literal block",
                        "do:\n- a:\n    set: |\n      .a\n      | .b\n        | )\n",
                        "7:11 expression-syntax /do/0/a/set"),
                body(
                        "one in a folded block",
                        "do:\n- a:\n    set: >-\n      .a\n      | .b\n      | )\n",
                        "7:9 expression-syntax /do/0/a/set"),
                body(
                        "one in a plain text of two lines",
                        "do:\n- a:\n    set: .a\n      | ) | .b\n",
                        "5:9 expression-syntax /do/0/a/set"),
                body(
                        "a function that is not there",
                        "do:\n- a: {set: '${ mapp(.x) }'}\n",
                        "3:16 unknown-function /do/0/a/set"),
                body(
                        "a variable that is not there",
                        "do:\n- a: {set: {x: '${ $inptu.x + $input.y }'}}\n",
                        "3:20 unknown-variable /do/0/a/set/x"),
                body(
                        "a variable that has no value yet",
                        "do:\n- a: {if: '$output.x', set: {x: 1}}\n",
                        "3:12 unknown-variable /do/0/a/if"),
                body(
                        "the error outside its catch",
                        "do:\n- a: {try: [], catch: {as: e, do: [{b: {set: $e}}]}}\n- c: {set: $e}\n",
                        "4:12 unknown-variable /do/1/c/set"),
                body(
                        "a secret",
                        "do:\n- a: {call: f, with: {key: '${ $secrets.key }'}}\n",
                        "3:32 secret-in-expression /do/0/a/with/key"),
                body(
                        "a schema that is none",
                        "do: []\ninput: {schema: {document: {type: objec}}}\noutput: {schema: {format: avro, document: {}}}\n",
                        "3:28 invalid-schema /input/schema/document",
                        "4:27 not-supported-yet /output/schema/format"),
                body(
                        "a schema elsewhere",
                        """
                        do: []
                        input: {schema: {resource: {endpoint: x}}}
                        output: {schema: {resource: {endpoint: {uri: 'http://schemas.test/gone'}}}}
                        """,
                        "3:39 invalid-value /input/schema/resource/endpoint",
                        "4:46 unavailable-resource /output/schema/resource/endpoint/uri"),
                body(
                        "schemas elsewhere that are none",
                        """
                        do:
                        - a: {set: .x, input: {schema: {resource: {endpoint: 'http://schemas.test/wrong'}}}}
                        - b: {set: .x, input: {schema: {resource: {endpoint: '${ .uri }'}, document: {}}}}
                        - c: {set: .x, input: {schema: {resource: {endpoint: '${ .uri }'}}}}
                        - d: {set: .x, input: {schema: {resource: {endpoint: {uri: 'http://schemas.test/right', authentication: {bearer: {token: '${ $context.t }'}}}}}}}
                        - e: {set: .x, input: {schema: {resource: {name: x}}}}
                        """,
                        "3:54 invalid-schema /do/0/a/input/schema/resource/endpoint",
                        "4:43 invalid-value /do/1/b/input/schema/resource",
                        "5:54 invalid-value /do/2/c/input/schema/resource/endpoint",
                        "6:126 unknown-variable /do/3/d/input/schema/resource/endpoint/authentication/bearer/token",
                        "7:33 missing-property /do/4/e/input/schema/resource"));
    }
}

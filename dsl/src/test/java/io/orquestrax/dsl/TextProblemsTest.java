package io.orquestrax.dsl;

import static io.orquestrax.dsl.WrongDocument.body;
import static io.orquestrax.dsl.WrongDocument.header;
import static io.orquestrax.dsl.WrongDocument.whole;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Texts that are no document. */
class TextProblemsTest {

    @TestFactory
    Stream<DynamicTest> tellsEachMistakeOnceWithItsPlace() {
        return WrongDocument.tests(texts());
    }

    static List<WrongDocument> texts() {
        return List.of(
                whole("malformed YAML", "a: [1, 2\nb: 3\n", "2:2 syntax "),
                whole("malformed JSON", "{\"a\": tru\n", "2:1 syntax "),
                whole("a quote that is not closed", "a: 1\nb: \"foo\nc: 1\n", "2:4 syntax "),
                whole("a quote that the next one closes", "a: \"foo\nb: \"bar\"\n", "2:5 syntax "),
                whole("a control character", "a: \u0007\n", "1:1 syntax "),
                whole("nothing", "", "1:1 empty-document "),
                whole("only a comment", "# nothing\n", "1:1 empty-document "),
                whole("two documents", header() + "do: []\n---\na: 1\n", "3:1 multiple-documents "),
                whole("too many characters", "#".repeat(3_000_000), "1:1 too-large "),
                whole("an alias bomb", aliasBomb(), "1:35 too-large "),
                whole("too many levels", "[".repeat(200) + "]".repeat(200), "1:102 too-deep "),
                whole("a list", "[]", "1:1 wrong-type "),
                body("a key that stands twice", "do: []\ndo: []\n", "3:1 duplicate-key /do"),
                body(
                        "a value that JSON has not",
                        "do: []\ntimeout: {after: {days: .inf}}\n",
                        "3:25 not-json /timeout/after/days"),
                body("a number that is too long", "do:\n- a: {set: {x: 1e99999}}\n", "3:16 not-json /do/0/a/set/x"),
                body("a merge key", "do:\n- a: &a {set: {x: 1}}\n- b: {<<: *a, if: .y}\n", "4:7 not-json /do/1/b"),
                body("a tag", "do: !list []\n", "2:5 not-json /do"));
    }

    private static String aliasBomb() {
        return """
                a: &a [x, x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
                f: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
                """;
    }
}

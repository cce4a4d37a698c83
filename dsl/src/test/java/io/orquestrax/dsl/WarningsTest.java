package io.orquestrax.dsl;

import static io.orquestrax.dsl.WrongDocument.body;
import static io.orquestrax.dsl.WrongDocument.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is legal but doubtful. */
class WarningsTest {

    @TestFactory
    Stream<DynamicTest> warnsOfWhatIsLegalButDoubtful() {
        return warnings().stream()
                .map(wrong -> DynamicTest.dynamicTest(wrong.what(), () -> {
                    Compilation compilation = wrong.compilation();

                    assertThat(wrong.places(compilation)).containsExactlyElementsOf(wrong.expected());
                    assertThat(compilation.plan()).isPresent();
                }));
    }

    @Test
    void doesNotWarnOfTasksThatAJumpLeadsTo() {
        String body = """
                do:
                - a: {switch: [{x: {when: .x, then: c}}], then: end}
                - b: {set: {x: 1}, then: end}
                - c: {set: {x: 1}, then: b}
                """;

        assertThat(new DocumentCompiler().compile(header() + body).problems()).isEmpty();
    }

    static List<WrongDocument> warnings() {
        return List.of(
                body(
                        "limits of a job that nobody waits for",
                        "do:\n- a: {run: {shell: {command: ls}, await: false}, metadata: {job: {running: PT1S}}}\n",
                        "3:61 ineffective-limits /do/0/a/metadata/job"),
                body("tasks that nothing leads to", """
                        do:
                        - a: {set: {x: 1}, then: end}
                        - b: {set: {x: 1}}
                        - c: {set: {x: 1}}
                        """, "4:3 unreachable-task /do/1/b"),
                body(
                        "a task after a raise",
                        "do:\n- a: {raise: {error: {type: 'urn:x', status: 500}}}\n- b: {set: {x: 1}}\n",
                        "4:3 unreachable-task /do/1/b"),
                body(
                        "a text that is an expression in part",
                        "do:\n- a: {set: {x: 'Hi ${ .name }!'}}\n",
                        "3:16 literal-expression /do/0/a/set/x"),
                body(
                        "attributes that are no regular expressions",
                        """
                        do:
                        - a: {listen: {to: {one: {with: {type: 'a[b', source: '(a{1000}){1000}', subject: 'a.*'}}}}}
                        """,
                        "3:40 literal-pattern /do/0/a/listen/to/one/with/type",
                        "3:55 literal-pattern /do/0/a/listen/to/one/with/source"),
                body("an input that was an envelope in older documents", """
                        do:
                        - a: {set: {x: '${ $workflow.input[0].data.id }'}}
                        schedule: {on: {any: []}}
                        """, "4:12 event-data-expected /schedule/on"),
                body("branches that go on", """
                        do:
                        - f: {fork: {branches: [{a: {set: {x: 1}, then: exit}}, {b: {set: {x: 1}, then: end}}]}}
                        """, "3:43 ineffective-then /do/0/f/fork/branches/0/a/then"),
                body(
                        "functions whose names are nearly something else",
                        """
                        use: {functions: {getPet: {set: .}}}
                        do: [{a: {call: getPet}}, {b: {call: getPets}}, {c: {call: htpp}}, {d: {call: pay}}]
                        """,
                        "3:38 similar-name /do/1/b/call",
                        "3:60 similar-name /do/2/c/call"),
                body(
                        "attributes whose names are nearly others",
                        """
                        do:
                        - a: {listen: {to: {one: {with: {tpye: x, roomid: y}}}}}
                        - b: {emit: {event: {with: {type: x, suorce: y}}}}
                        """,
                        "3:34 similar-name /do/0/a/listen/to/one/with/tpye",
                        "4:38 similar-name /do/1/b/emit/event/with/suorce"),
                body(
                        "a task with the name of a directive",
                        "do:\n- end: {set: {x: 1}}\n",
                        "3:3 reserved-name /do/0/end"));
    }
}

package io.orquestrax.dsl;

import static io.orquestrax.dsl.WrongDocument.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What problems say: what was meant, where it belongs, and how to write it. */
class ProblemMessagesTest {
    private static final DocumentCompiler COMPILER = new DocumentCompiler();

    @Test
    void guessesWhatWasMeant() {
        assertThat(message("do:\n- a: {set: {x: 1}, thn: end}\n")).endsWith("did you mean \"then\"?");
        assertThat(message("do:\n- a: {set: {x: 1}, then: b1}\n- b2: {set: {x: 1}}\n"))
                .endsWith("did you mean \"b2\"?");
        assertThat(message("do:\n- a: {wiat: PT1S}\n")).endsWith("did you mean \"wait\"?");
        assertThat(message("do:\n- a: {set: '${ slect(.x) }'}\n")).contains("did you mean \"select\"?");
        assertThat(message("do:\n- a: {if: flase, set: {x: 1}}\n")).contains("did you mean \"false\"?");
        assertThat(message("do:\n- a: {set: '${ $contxt }'}\n")).endsWith("did you mean \"context\"?");
    }

    @Test
    void saysWhereAPropertyBelongs() {
        assertThat(message("do:\n- a: {try: [], catch: {}, retry: {}}\n"))
                .isEqualTo("Expected one of if, input, output, export, timeout, then, metadata, try, catch, but found"
                        + " \"retry\", which belongs under \"catch\"");
        assertThat(message("do:\n- a: {call: http, with: {method: get, endpoint: x}, headers: {}}\n"))
                .endsWith("but found \"headers\", which belongs under \"with\"");
        assertThat(message("do:\n- a: {for: {in: .x, while: .y}, do: []}\n"))
                .endsWith("but found \"while\", which belongs beside \"for\"");
        assertThat(message("do: []\nfunctions: {}\n")).endsWith("but found \"functions\", which belongs under \"use\"");
        assertThat(message("do: []\ncron: x\n")).endsWith("but found \"cron\", which belongs under \"schedule\"");
        assertThat(message("do: []\ninput: {type: object}\n"))
                .endsWith("but found \"type\", which belongs under \"schema.document\"");
        assertThat(message("do:\n- a: {try: [], catch: {retry: {count: 5}}}\n"))
                .endsWith("but found \"count\", which belongs under \"limit.attempt\"");
    }

    @Test
    void tellsAPropertyThatIsMeantForAMissingOneOnce() {
        assertThat(messages("do:\n- a: {listen: {one: {with: {type: x}}}}\n"))
                .containsExactly("Expected one of to, read, but found \"one\", which belongs under \"to\"");
        assertThat(messages("do:\n- a: {call: http, with: {methd: get, endpoint: x}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"method\"?");
        assertThat(messages("do:\n- a: {emit: {event: {with: {Type: x}}}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"type\"?");
    }

    @Test
    void doesNotTellWhatFollowsFromAMistake() {
        assertThat(messages("do:\n- a: {set: {x: 1}, then: pya}\n- pay: {set: {x: 1}}\n- c: {set: {x: 1}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"pay\"?");
        assertThat(messages("use: {errors: {gone: {type: x, status: 404}}}\ndo:\n- a: {raise: {error: gonne}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"gone\"?");
        assertThat(messages("do:\n- a: {switch: [{x: {wen: .x, then: end}}, {y: {then: end}}]}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"when\"?");
        assertThat(messages("do:\n- a: {wait: .inf}\n- b: {wait: {days: .nan}}\n"))
                .allMatch(each -> each.startsWith("Expected a value that JSON has too"))
                .hasSize(2);
        assertThat(messages("use: {errors: {gone: {type: x, status: 404}}}\ndo:\n- a: {raize: {error: gone}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"raise\"?");
        assertThat(messages("do:\n- a: {fro: {in: .x}, do: [], while: .y}\n"))
                .singleElement()
                .asString()
                .endsWith("but found \"fro\"; did you mean \"for\"?");
    }

    @Test
    void saysHowToWriteAListOfTasks() {
        assertThat(messages("do:\n- a:\n  call: f\n  with: {x: 1}\n- b:\n  call: f\n"))
                .containsExactly(
                        "Expected \"call\" inside of the task \"a\", but it stands beside it; indent it further",
                        "Expected \"call\" inside of the task \"b\", but it stands beside it; indent it further");
        assertThat(messages("do:\n  a: {set: {x: 1}}\n"))
                .containsExactly("Expected a list of tasks, each an object with one name, but found an object; write"
                        + " \"- \" in front of each name");
    }

    @Test
    void saysHowToWriteWhatIsNearlyRight() {
        assertThat(messages("do:\n- a: {set: {x: 1}, timeout: PT5S}\n"))
                .containsExactly("Expected the name of a timeout of \"use.timeouts\", or an object, {after: PT5S} for"
                        + " example, but found the text \"PT5S\"");
        assertThat(messages("do:\n- a: {if: '${ .x } == 1', set: {x: 1}}\n"))
                .containsExactly(
                        "Expected a jq expression, but found \"$\"; ${ } stands around a whole text, or is left"
                                + " out here (character 1 of the expression)");
        assertThat(messages("do:\n- a: {set: {x: 1}, output: .x}\n"))
                .containsExactly(
                        "Expected an object with as or schema, {as: .x} for example, but found the text" + " \".x\"");
        assertThat(messages("do:\n- a: {do: [{b: {set: {x: 1}, then: c}}]}\n- c: {set: {x: 1}}\n"))
                .containsExactly("Expected continue, exit, end, or the name of a task in the same list, but found"
                        + " \"c\", a task of another list");
        assertThat(messages("do: []\nschedule: {cron: 0 0 * * 8}\n"))
                .containsExactly("Expected a text with five cron fields, 0 8 * * MON-FRI for example, and perhaps"
                        + " CRON_TZ=Europe/Paris in front of them, but value 8 not in range [0, 7]");
    }

    @Test
    void saysWhichQuoteIsNotClosed() {
        assertThat(COMPILER.compile("a: 1\nb: 'foo\nc: 1\n").problems())
                .extracting(Problem::message)
                .containsExactly(
                        "Expected a quote that closes the text which begins here, but found none up to line 4");
        assertThat(COMPILER.compile("a: \"foo\nb: \"bar\"\n").problems())
                .extracting(Problem::message)
                .containsExactly("Expected <block end>, but found '<scalar>' (while parsing a block mapping); is the"
                        + " quote closed that opens in line 1, column 4?");
    }

    @Test
    void saysWhatToPutInQuotes() {
        assertThat(message("do:\n- a:\n    set:\n      x: ${ {a: 1} }\n"))
                .isEqualTo("Expected YAML or JSON, but mapping values are not allowed here; put the whole text from ${"
                        + " on in quotes");
        assertThat(message("do:\n- a: {set: {x: ${ .a }}}\n"))
                .isEqualTo(
                        "Expected ',' or '}', but got { (while parsing a flow mapping); put the whole text from ${ on"
                                + " in quotes");
        assertThat(message("do:\n- a: {set: {x: '${ .a }', y: [1, 2}}\n")).doesNotContain("quotes");
        assertThat(message("do:\n- a:\n    set:\n      x: @base64\n"))
                .isEqualTo("Expected YAML or JSON, but found character '@' that cannot start any token. (while scanning"
                        + " for the next token); put a text that begins with @ in quotes");
        assertThat(message("do:\n- a:\n    if: *\n    set: {x: 1}\n"))
                .isEqualTo("Expected YAML or JSON, but unexpected character found (while scanning an alias); put a text"
                        + " that begins with * or & in quotes");
        assertThat(message("do:\n\t- a: {set: {x: 1}}\n")).contains("Do not use \\t(TAB) for indentation");
        assertThat(message("do:\n- a: {set: {x: 1e99999}}\n"))
                .isEqualTo("Expected a number of at most 1000 digits, and an exponent of at most 10000, but found"
                        + " 1e99999; put it in quotes if it is a text");
    }

    @Test
    void knowsTheWordsOfOtherLanguages() {
        assertThat(message("do:\n- a: {sleep: PT1S}\n")).endsWith("did you mean \"wait\"?");
        assertThat(message("do:\n- a: {forEach: []}\n")).endsWith("did you mean \"for\"?");
    }

    @Test
    void namesWhatIsNearUnderUse() {
        assertThat(message("do:\n- a: {raise: {error: overflw}}\nuse: {errors: {overflow: {type: x, status: 500}}}\n"))
                .isEqualTo("Expected the name of an error of \"use.errors\", one of overflow, but found \"overflw\";"
                        + " did you mean \"overflow\"?");
        assertThat(message("do:\n- a: {raise: {error: x}}\n"))
                .isEqualTo("Expected the name of an error of \"use.errors\", which has none, but found \"x\"");
        assertThat(message("do:\n- a: {wait: {secnds: 5}}\n")).endsWith("did you mean \"seconds\"?");
        assertThat(message("do:\n- a: {listen: {to: {any: []}, read: envelop}}\n"))
                .isEqualTo("Expected one of data, envelope, raw, but found the text \"envelop\"; did you mean"
                        + " \"envelope\"?");
    }

    @Test
    void saysWhatAnExpressionLacksAndWhere() {
        assertThat(message("do:\n- a: {set: '${ .a + }'}\n"))
                .isEqualTo("Expected an expression, but found the end (character 7 of the expression)");
    }

    private static List<String> messages(String body) {
        return COMPILER.compile(header() + body).problems().stream()
                .map(Problem::message)
                .toList();
    }

    private static String message(String body) {
        return COMPILER.compile(header() + body).problems().getFirst().message();
    }
}

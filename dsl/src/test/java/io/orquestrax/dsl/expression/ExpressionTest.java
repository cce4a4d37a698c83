package io.orquestrax.dsl.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler();
    private static final Variables VARIABLES = Variables.at(Instant.parse("2026-01-02T03:04:05.5Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                // Results
                "{\"a\":1}~empty~null",
                "{\"a\":1}~.a~1",
                "{\"a\":1}~.a, 2~[1,2]",
                "1~ ~1",
                // Numbers
                "9007199254740993~. + 0~9007199254740993",
                "9223372036854775807~. + 1~9223372036854775808",
                "9223372036854775807~. * . - .~85070591730234615838173535747377725442",
                "-9223372036854775808~-.~9223372036854775808",
                "100000000000000000001~. + 0~100000000000000000001",
                "1.10~{a: .}~{\"a\":1.10}",
                "1.10~. + 0~1.1",
                "null~0.1 + 0.2~0.30000000000000004",
                "null~9007199254740993~9007199254740993",
                "null~7 / 2, 8 / 2, 7 % 3, -7 % 3, 1e3~[3.5,4,1,-1,1000]",
                "null~[nan, infinite]~[null,1.7976931348623157E+308]",
                "\"9007199254740993\"~tonumber~9007199254740993",
                "9007199254740993~floor, tostring~[9007199254740993,\"9007199254740993\"]",
                // Syntax
                "null~$__loc__~{\"file\":\"<top-level>\",\"line\":1}",
                "null~$__loc__.line~1",
                "{\"a\":1}~if .a == 2 then \"x\" end~{\"a\":1}",
                "{\"a\":1}~if .a == 2 then 0 elif .a == 1 then 1 else 2 end~1",
                "null~1 + 2 * 3 - -4~11",
                "null~1 as $x | 2 as $y | [$x, $y, $x + $y]~[1,2,3]",
                "[[1,{\"b\":2}]]~.[] as [$a, {b: $c}] | [$c, $a]~[2,1]",
                "{\"a\":3}~\"v=\\(.a + 1)!\"~\"v=4!\"",
                "null~{a: 1 + 2, \"b\": 3 | . + 1, (\"c\"): 5, \"e\\(1)\": 6}~{\"a\":3,\"b\":4,\"c\":5,\"e1\":6}",
                "null~def f(x): x * 2; def g($y): $y + 1; [f(3), g(4)]~[6,5]",
                "[1,2,3]~.[1:], .[-1], .[:1]~[[2,3],3,[1]]",
                "null~1 # a comment\\n + 1~2",
                "[1,2]~reduce .[] as $i (0; . + $i)~3",
                "[1,2]~[foreach .[] as $i (0; . + $i; [$i, .])]~[[1,1],[2,3]]",
                "null~[label $f | 1, break $f, 2]~[1]",
                "null~[label $out | first(1, 2), break $out, 3]~[1]",
                "{\"a\":[1,2,3]}~.a[] |= . + 1~{\"a\":[2,3,4]}",
                "[1,2,3,4]~(.[] | select(. % 2 == 0)) |= empty~[1,3]",
                "{}~.a.b = 1 | .a.c += 2 | .d //= 3~{\"a\":{\"b\":1,\"c\":2},\"d\":3}",
                // Errors are caught where they happen
                "{\"a\":\"x\"}~try .a.b catch \"caught\"~\"caught\"",
                "[1]~[.[] | .a?]~[]",
                "null~try error({a: 1}) catch .a~1",
                // Functions that the library lacks or has wrong
                "0~todate~\"1970-01-01T00:00:00Z\"",
                "\"2015-03-05T23:51:47Z\"~fromdate~1425599507",
                "\"2015-03-05T23:51:47Z\"~strptime(\"%Y-%m-%dT%H:%M:%SZ\")~[2015,2,5,23,51,47,4,63]",
                "1425599507~gmtime | mktime~1425599507",
                "1425599507~strftime(\"%A, %B %d, %Y\")~\"Thursday, March 05, 2015\"",
                "\"10:05 PM, 3 Mar 2020\"~strptime(\"%I:%M %p, %d %b %Y\") | mktime | todate~\"2020-03-03T22:05:00Z\"",
                "null~now~1767323045.5",
                "2~IN(1, 2)~true",
                "[{\"id\":\"a\"}]~INDEX(.id)~{\"a\":{\"id\":\"a\"}}",
                "\" a \"~trim, ltrim, rtrim~[\"a\",\"a \",\" a\"]",
                "-5~abs, toarray~[5,[-5]]",
                "[[1],[2]]~add~[1,2]",
                "[\"a\",\"b\"]~add~\"ab\"",
                "[1,[2,[3]]]~flatten~[1,2,3]",
                "{\"a\":1,\"b\":null}~map_values(values)~{\"a\":1}",
                "{\"a\":1}~with_entries(.value += 1)~{\"a\":2}",
                "[3,1,2]~sort, min, max~[[1,2,3],1,3]",
                "[0,1]~any, all~[true,true]",
                "null~[limit(3; repeat(1))]~[1,1,1]",
                "1~[while(. < 50; . * 3)]~[1,3,9,27]",
                "1~until(. > 5000; . + 1)~5001",
                "{\"a\":{\"b\":1}}~[paths]~[[\"a\"],[\"a\",\"b\"]]",
                "{\"a\":{\"b\":1}}~fromstream(tostream)~{\"a\":{\"b\":1}}",
                "[[1,2],[3]]~transpose~[[1,3],[2,null]]",
                "\"test\"~test(\"^T\"; \"i\"), gsub(\"t\"; \"T\")~[true,\"TesT\"]",
                "\"a1b2\"~[scan(\"[0-9]\")], [splits(\"[0-9]\")]~[[\"1\",\"2\"],[\"a\",\"b\",\"\"]]"
            })
    void evaluatesAsJqDoes(String input, String program, String expected) throws Exception {
        Expression expression = COMPILER.compile(program == null ? "" : program.replace("\\n", "\n"));

        assertThat(Json.write(expression.evaluate(Json.readTrusted(input), VARIABLES)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                ".a.b~Cannot index string with string \"b\"",
                ".a.b | .c~Cannot index string with",
                ".a + 1~cannot be added",
                "1 / 0~cannot be divided",
                "error(\"boom\")~boom",
                ".x[]? , (.a | error(\"later\"))~later",
                "[1][]? | error(\"not swallowed\")~not swallowed",
                "strptime(\"%Y\")~strptime",
                "$input~$input has no value here"
            })
    void tellsWhyItFails(String program, String reason) throws Exception {
        Expression expression = COMPILER.compile(program);

        assertThatThrownBy(() -> expression.evaluate(Json.readTrusted("{\"a\":\"x\"}"), VARIABLES))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith("Expected a result of \"")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[range(1e9)] | length",
                "reduce range(1e18) as $i (0; . + 1)",
                "last(repeat(1))",
                "until(false; .)",
                "[recurse(.)]",
                "def f: 1 + f; f",
                "def f: f; f",
                "try last(repeat(1)) catch 1",
                "[range(1e9)?]",
                "label $out | repeat(1) | empty",
                "\"x\" * 1e9",
                "reduce range(60) as $i (\"x\"; . + .)",
                "reduce range(60) as $i ([1]; . + .)",
                "reduce range(60) as $i (1; [., .])",
                "reduce range(60) as $i (1; [., .]) | tojson",
                "reduce range(100000) as $i (1; [.])",
                "[range(1000)] | [.[] + .[] + .[]] | length",
                "[0, 1] | [combinations(40)]"
            })
    void endsWhereALimitIsPassed(String program) throws Exception {
        Expression expression = COMPILER.compile(program);

        assertThatThrownBy(() -> expression.evaluate(Json.readTrusted("null"), VARIABLES))
                .isInstanceOf(ExpressionException.class);
    }

    @Test
    void endsEndlessRecursionOnASmallStackToo() throws Exception {
        Expression expression = COMPILER.compile("def f: [{a: (1 + f)}] | map(.a); f");
        List<Throwable> failures = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        expression.evaluate(Json.readTrusted("null"), VARIABLES);
                    } catch (ExpressionException expected) {
                        failures.add(expected);
                    }
                },
                "small",
                256 * 1024);

        thread.start();
        thread.join();

        assertThat(failures).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                ".a +~4",
                ".a | | .b~5",
                "{a:~3",
                "'x'~0",
                "1 == 2 == 3~7",
                "\"abc~0",
                "\"\\q\"~1",
                "[1, 2~5",
                "if . then 1~11",
                ". as x | 1~5",
                "break $x~6",
                "input~0",
                "env~0",
                "map~0",
                "1 | debug~4",
                "$ENV.PATH | halt~12",
                "import \"a\" as a; 1~0"
            })
    void tellsWhereItIsWrong(String program, int offset) {
        ExpressionSyntaxException wrong =
                catchThrowableOfType(ExpressionSyntaxException.class, () -> COMPILER.compile(program));

        assertThat(wrong.offset()).isEqualTo(offset);
        assertThat(wrong).hasMessageStartingWith("Expected ");
    }

    @Test
    void asksOnlyForTheVariablesThatItNames() throws Exception {
        CompiledExpression expression = COMPILER.compile(". as $own | [$own, $named.x]");
        Variables variables = VARIABLES
                .with("named", Json.readTrusted("{\"x\":2}"))
                .with("unnamed", () -> {
                    throw new AssertionError("asked for");
                });

        assertThat(expression.variables()).containsOnlyKeys("named");
        assertThat(Json.write(expression.evaluate(Json.readTrusted("1"), variables)))
                .isEqualTo("[1,2]");
    }

    @Test
    void takesNoResultNullAndFalseForFalse() throws Exception {
        for (String program : List.of("empty", "null", "false", ".missing")) {
            assertThat(COMPILER.compile(program).test(Json.readTrusted("{}"), VARIABLES))
                    .isFalse();
        }
        for (String program : List.of("0", "\"\"", "[]", "true", "false, false")) {
            assertThat(COMPILER.compile(program).test(Json.readTrusted("{}"), VARIABLES))
                    .isTrue();
        }
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        Expression expression = COMPILER.compile("def f($n): if $n > 0 then $n + f($n - 1) else 0 end; f($x)");
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> sums = new ArrayList<>();
            for (int number = 0; number < 200; number++) {
                Variables variables = VARIABLES.with("x", Json.NODES.numberNode(number % 50));
                sums.add(threads.submit(() ->
                        expression.evaluate(Json.NODES.nullNode(), variables).asInt()));
            }
            for (int number = 0; number < 200; number++) {
                int n = number % 50;
                assertThat(sums.get(number).get()).isEqualTo(n * (n + 1) / 2);
            }
        }
    }
}

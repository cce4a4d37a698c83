package io.orquestrax.dsl.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that would keep a processor or fill the memory if nothing ended them. */
class HostileExpressionTest {
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler();
    private static final Variables VARIABLES = Variables.at(Instant.parse("2026-01-02T03:04:05Z"));
    private static final Duration GUARD = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\" * 40 + \"!\" | test(\"(a+)+$\")",
                "\"a\" * 40 + \"!\" | try test(\"(a+)+$\") catch true",
                "\"a\" * 40 + \"!\" | [match(\"(a|aa)+$\"; \"g\")?]",
                "\"a\" * 40 + \"!\" | capture(\"(?<x>(a+)+)$\")",
                "\"a\" * 40 + \"!\" | gsub(\"(a+)+$\"; \"b\")",
                "\"a\" * 40 + \"!\" | splits(\"(a+)+$\")",
                "\"a\" * 1000000 | test(\"a{0,9000}(?!a|$)\")"
            })
    void endsARegularExpressionThatTakesTooLong(String program) throws Exception {
        assertThatThrownBy(() -> evaluate(program))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("regular expressions did not match within");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null | setpath([2000000000]; 1)",
                "try setpath([2000000000]; 1) catch 1",
                "null | setpath([\"a\", 1e18]; 1)",
                ".[2000000000] = 1",
                ".a[0][2000000000] = 1",
                ".[2000000000] |= 1",
                ".[2000000000] += 1",
                ".[2000000000] //= 1",
                "[1, 2] | .[0:1][2000000000] = 1",
                "pick(.[2000000000])",
                "fromstream([[2000000000], 1], [[2000000000]])",
                "[range(1000) | null | .[900000] = 1] | length",
                "\"x\" * 1000000 | [match(\"\"; \"g\")] | map(.captures) | length",
                "\"x\" * 100000 | gsub(\"x\"; \"y\" * 100000) | length",
                "\"x\" * 1e9",
                "\"x\" * 10000000 | [., .] | join(\"\")",
                "\"x\" * 10000000 | \"\\(.)\\(.)\"",
                "\"<\" * 4000000 | @html | @html | @html",
                "\"é\" * 8000000 | @uri",
                "\"x\" * 8000000 | explode",
                "[recurse([., tojson])]",
                "[limit(100; repeat(\"x\" * 16000000))]",
                "reduce range(30) as $i (1; [., .]) | . == map(.)",
                "reduce range(30) as $i (1; [., .]) | [., .] | unique",
                "reduce range(30) as $i (1; [., .]) | flatten",
                "reduce range(30) as $i (1; [., .]) | [..]",
                "reduce range(30) as $i ({a: 1}; {b: ., c: .}) | . * .",
                "reduce range(9000) as $i (1; [.]) | . == [.]",
                "null | setpath([range(9000) | 0]; 1)",
                "[range(300000)] | map(-.) | sort",
                "reduce range(100000) as $i ([]; . + [$i])",
                "[range(50000)] | [combinations(2)]",
                "\"(\" * 9000 | test(.)",
                "[limit(1e9; repeat(1))]"
            })
    void endsBeforeItFillsTheMemory(String program) {
        assertThatThrownBy(() -> evaluate(program))
                .isInstanceOf(ExpressionException.class)
                .hasMessageMatching("(?s).* (more than|did not match within) .*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[\"aéb\" | match(\"\"; \"g\").offset]~[0,1,2,3]",
                "[\"ab\" | match(\"(?=b)\"; \"g\").offset]~[1]",
                "\"abc\" | gsub(\"\"; \"-\")~\"-a-b-c-\"",
                "\"abc\" | gsub(\"^\"; \"-\")~\"-abc\"",
                "\"\" | gsub(\"\"; \"-\")~\"-\"",
                "\"é😀x\" | match(\"(?<a>x)|(?<b>y)\") | [.offset, .length, .string, .captures]~"
                        + "[2,1,\"x\",[{\"offset\":2,\"length\":1,\"string\":\"x\",\"name\":\"a\"},"
                        + "{\"offset\":-1,\"length\":0,\"string\":null,\"name\":\"b\"}]]",
                "[\"ab\" | sub(\"(?<x>.)\"; \"1\", .x + \"2\")]~[\"1b\",\"a2b\"]",
                "[\"aXbx\" | splits(\"x\"; \"i\")]~[\"a\",\"b\",\"\"]",
                ".[2] = 1~[null,null,1]",
                "[1, 2] | .[-1] += 3 | .[3] //= 4~[1,5,null,4]",
                "null | .[range(2000)] = 1 | length~2000"
            })
    void leavesTheHarmlessAsTheyAre(String program, String result) {
        assertThat(evaluate(program)).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{a: ",
                "-",
                "try ",
                "if . then ",
                "\"\\(",
                ". as $x | ",
                "def f: ",
                "label $x | ",
                "1 // ",
                ". | ",
                ". + ",
                "reduce ",
                ".a = (",
                "f(",
                ".["
            })
    void refusesWhatIsNestedTooDeep(String opening) {
        assertThatThrownBy(() -> COMPILER.compile(opening.repeat(2_000)))
                .isInstanceOf(ExpressionSyntaxException.class)
                .hasMessageContaining("Expected at most");
    }

    @ParameterizedTest
    @CsvSource({"140, a program", "2000, Expected at most 150 levels of nesting"})
    void countsLevelsAndNotTheStackThatIsLeft(int levels, String answer) throws Exception {
        FutureTask<String> compiling = new FutureTask<>(() -> {
            try {
                COMPILER.compile("[".repeat(levels) + "1" + "]".repeat(levels));
                return "a program";
            } catch (ExpressionSyntaxException refused) {
                return refused.getMessage();
            }
        });
        Thread.ofPlatform().stackSize(192 << 10).start(compiling).join();

        assertThat(compiling.resultNow()).startsWith(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {".a", "[0]", "?", " | .", " + 1", " and .", " as $x | ."})
    void refusesWhatIsLongerThanAStackIsDeep(String more) {
        assertThatThrownBy(() -> COMPILER.compile(".b" + more.repeat(5_000)))
                .isInstanceOf(ExpressionSyntaxException.class)
                .hasMessageContaining("Expected at most");
    }

    @Test
    void refusesAProgramOfAMillionCharacters() {
        assertThatThrownBy(() -> COMPILER.compile(".,".repeat(500_000) + "."))
                .isInstanceOf(ExpressionSyntaxException.class)
                .hasMessageContaining("Expected at most 100000 characters");
    }

    @Test
    void leavesOthersAlone() throws Exception {
        Expression endless = COMPILER.compile("[range(1e9)], last(repeat(1))");
        Expression harmless = COMPILER.compile("[.[] | . * 2] | add");
        try (var threads = Executors.newFixedThreadPool(2)) {
            Future<?> first =
                    threads.submit(() -> assertThatThrownBy(() -> endless.evaluate(Json.readTrusted("null"), VARIABLES))
                            .isInstanceOf(ExpressionException.class));
            Future<JsonNode> second = threads.submit(() -> harmless.evaluate(Json.readTrusted("[1, 2, 3]"), VARIABLES));

            assertThat(second.get().intValue()).isEqualTo(12);
            first.get();
        }
    }

    private static String evaluate(String program) {
        return assertTimeoutPreemptively(
                GUARD, () -> Json.write(COMPILER.compile(program).evaluate(Json.readTrusted("null"), VARIABLES)));
    }
}

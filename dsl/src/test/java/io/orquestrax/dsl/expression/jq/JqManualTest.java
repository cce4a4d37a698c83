package io.orquestrax.dsl.expression.jq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.CompiledExpression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.ExpressionSyntaxException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every example of the jq 1.7 manual, and those that differ on purpose. */
class JqManualTest {
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler();
    private static final Variables VARIABLES = Variables.at(Instant.parse("2026-01-02T03:04:05Z"));

    /** The programs of the manual that have other results here, each with the word of the documentation's table. */
    private static final Map<String, String> DIFFERENT = Map.of(
            ". as $big | [$big, $big + 1] | map(. > 10000000000000000000000000000000)", "Integers are exact",
            "$ENV.PAGER", "Environment",
            "env.PAGER", "Environment");

    @TestFactory
    Stream<DynamicTest> givesTheResultsOfTheManual() {
        return ExampleTable.manual().stream()
                .filter(example -> !DIFFERENT.containsKey(example.program()))
                .map(example -> DynamicTest.dynamicTest(
                        example.section() + ": " + example.program() + " on " + example.input(), () -> {
                            JsonNode results = results(example);
                            assertThat(compare(results, Json.read(example.expected())))
                                    .as("%s instead of %s", results, example.results())
                                    .isZero();
                        }));
    }

    @TestFactory
    Stream<DynamicTest> differsWhereTheDocumentationSaysSo() {
        return ExampleTable.manual().stream()
                .filter(example -> DIFFERENT.containsKey(example.program()))
                .map(example -> DynamicTest.dynamicTest(
                        example.program(), () -> assertThat(isSame(example)).isFalse()));
    }

    @Test
    void documentsEachDifference() throws IOException {
        String documentation = Files.readString(java.nio.file.Path.of("..", "docs", "expressions.md"));

        for (Map.Entry<String, String> difference : DIFFERENT.entrySet()) {
            assertThat(documentation).contains("| " + difference.getValue() + " |");
            assertThat(documentation).contains("`" + difference.getKey().replace("|", "\\|") + "`");
        }
    }

    @Test
    void documentsEachLimit() throws IOException {
        String documentation = Files.readString(java.nio.file.Path.of("..", "docs", "expressions.md"));

        assertThat(documentation)
                .contains(row("steps", Budget.MAX_STEPS))
                .contains(row("items or characters for one step", Budget.WORK_OF_A_STEP))
                .contains(row("levels of calls and pipes", Budget.MAX_DEPTH))
                .contains(row("characters or items of one value", Budget.MAX_SIZE))
                .contains(row("values in a result", ResultCheck.MAX_VALUES))
                .contains(row("levels of a result", Json.MAX_DEPTH))
                .contains(row("milliseconds of an evaluation", (int) Budget.MAX_TIME.toMillis()))
                .contains(row("milliseconds of regular expressions", (int) Budget.MAX_MATCHING.toMillis()))
                .contains(row("characters of a regular expression", RegularExpression.MAX_LENGTH))
                .contains(row("levels of groups in a regular expression", RegularExpression.MAX_NESTING))
                .contains(row("characters of an expression", JqCompiler.MAX_LENGTH))
                .contains(row("levels of nesting in an expression", JqParser.MAX_NESTING))
                .contains(row("operators, stages, accesses, members or insertions in a row", JqParser.MAX_LENGTH));
    }

    private static String row(String what, int limit) {
        return "| " + what + " | " + String.format("%,d", limit) + " |";
    }

    @Test
    void knowsTheWholeManual() {
        List<ExampleTable.Example> examples = ExampleTable.manual();

        assertThat(examples).hasSize(242).allMatch(ExampleTable.Example::isReadable);
        assertThat(examples).extracting(ExampleTable.Example::program).containsAll(DIFFERENT.keySet());
    }

    private static boolean isSame(ExampleTable.Example example) throws IOException {
        try {
            return compare(results(example), Json.read(example.expected())) == 0;
        } catch (ExpressionException | ExpressionSyntaxException failed) {
            return false;
        }
    }

    private static JsonNode results(ExampleTable.Example example) throws IOException, ExpressionSyntaxException {
        CompiledExpression expression = COMPILER.compile("[" + example.program() + "\n]");
        return expression.evaluate(Json.read(example.input()), VARIABLES);
    }

    /** Numbers are the same whatever their digits, as in the manual's own test. */
    private static int compare(JsonNode left, JsonNode right) {
        return Order.compare(new Budget(Instant.EPOCH, Budget.MAX_STEPS), left, right);
    }
}

package io.orquestrax.dsl.expression.jq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** No program and no value crash the parser or the interpreter, or make them run past their limits. */
class RandomProgramsTest {
    private static final JqCompiler COMPILER = new JqCompiler();
    private static final Variables VARIABLES = Variables.at(Instant.parse("2026-01-02T03:04:05Z"));
    private static final String SEED = "20260102";
    /** Far more than an evaluation may take, on a machine that has other things to do. */
    private static final long GUARD_SECONDS = 20;

    private static final ExecutorService THREAD =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    @AfterContainer
    static void stop() {
        THREAD.shutdownNow();
    }

    @Property(tries = 3000, seed = SEED, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void compilesOrTellsWhereItIsWrong(@ForAll("programs") String program) throws Exception {
        guarded(program, () -> {
            try {
                assertThat(COMPILER.compile(program)).isNotNull();
            } catch (JqSyntaxException wrong) {
                assertThat(wrong.offset()).isBetween(0, program.length());
                assertThat(wrong.getMessage()).startsWith("Expected ").doesNotContain("nested too deep");
            }
            return Optional.empty();
        });
    }

    @Property(tries = 1000, seed = SEED, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void evaluatesOrFailsWithinItsLimits(@ForAll("programs") String program, @ForAll("values") JsonNode input)
            throws Exception {
        guarded(program, () -> evaluate(program, input));
    }

    @Property(tries = 250, seed = SEED, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void comesToTheSameEndEachTime(@ForAll("programs") String program, @ForAll("values") JsonNode input)
            throws Exception {
        Optional<String> first = guarded(program, () -> evaluate(program, input));
        Optional<String> second = guarded(program, () -> evaluate(program, input));

        if (first.filter(RandomProgramsTest::isOutOfTime).isEmpty()
                && second.filter(RandomProgramsTest::isOutOfTime).isEmpty()) {
            assertThat(second).isEqualTo(first);
        }
    }

    private static boolean isOutOfTime(String end) {
        return end.endsWith(" ms");
    }

    /** The result or the message; nothing where it does not compile. */
    private static Optional<String> evaluate(String source, JsonNode input) throws Exception {
        JqProgram program;
        try {
            program = COMPILER.compile(source);
        } catch (JqSyntaxException notOfInterest) {
            return Optional.empty();
        }
        Variables variables = VARIABLES;
        for (String name : program.variables().keySet()) {
            variables = variables.with(name, input);
        }
        String before = Json.write(input);
        Budget budget = new Budget(variables.now(), Budget.MAX_STEPS);
        try {
            JsonNode result = program.evaluate(input, variables, budget);
            String written = Json.write(result);
            assertThat(Json.write(Json.read(Json.writeBytes(result)))).isEqualTo(written);
            assertThat(written.length()).isLessThan(3 * Budget.MAX_SIZE + 16 * ResultCheck.MAX_VALUES);
            assertThat(budget.depth()).isZero();
            return Optional.of(written);
        } catch (ExpressionException failed) {
            assertThat(failed).hasMessageStartingWith("Expected a result of \"");
            assertThat(failed.getMessage()).doesNotContain(JqProgram.UNFORESEEN);
            return Optional.of(failed.getMessage());
        } finally {
            // A single charge may pass the limit by what one operator may make.
            assertThat(budget.steps()).isLessThan(3L * Budget.MAX_STEPS);
            assertThat(Json.write(input)).as("the input, which others see too").isEqualTo(before);
        }
    }

    private interface Work {
        Optional<String> run() throws Exception;
    }

    private static Optional<String> guarded(String program, Work work) throws Exception {
        Future<Optional<String>> ending = THREAD.submit(work::run);
        try {
            return ending.get(GUARD_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException endless) {
            throw new AssertionError("does not end: " + program, endless);
        } catch (ExecutionException failed) {
            throw new AssertionError(program, failed.getCause());
        }
    }

    @Provide
    Arbitrary<String> programs() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, RandomPrograms.soup()),
                Tuple.of(4, RandomPrograms.combined()),
                Tuple.of(2, RandomPrograms.mutated()));
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return RandomPrograms.values(3);
    }
}

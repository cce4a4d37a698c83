package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.Problem.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SpecificationExamplesTest {
    private final DocumentCompiler compiler = new DocumentCompiler();

    @TestFactory
    Stream<DynamicTest> compilesAll() {
        assertThat(SpecificationFiles.yaml("examples")).hasSizeGreaterThanOrEqualTo(67);
        return SpecificationFiles.yaml("examples").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Compilation compilation = compiler.compile(SpecificationFiles.text(file));

                    assertThat(errors(compilation)).isEmpty();
                    assertThat(compilation.plan()).isPresent();
                }));
    }

    @Test
    void warnsOfTheExampleThatWasWrittenForEnvelopes() {
        String example = SpecificationFiles.text(
                SpecificationFiles.root().resolve("examples").resolve("schedule-event-driven.yaml"));

        assertThat(compiler.compile(example).problems())
                .extracting(problem -> problem.code() + " " + problem.pointer())
                .containsExactly("event-data-expected /schedule/on");
    }

    @Test
    void refusesThePropertyThatNoCallHas() {
        List<Problem> errors = errors(compiler.compile(invalid("extra-property-in-call.yaml")));

        assertThat(errors).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("unknown-property");
            assertThat(problem.pointer()).isEqualTo("/do/0/getPet/foo");
            assertThat(problem.line()).isEqualTo(12);
            assertThat(problem.column()).isEqualTo(7);
            assertThat(problem.message()).endsWith("but found \"foo\"");
        });
    }

    @Test
    void refusesTwoTasksInOneItem() {
        List<Problem> errors = errors(compiler.compile(invalid("two-tasks-in-one-item.yaml")));

        assertThat(errors).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("one-task-per-item");
            assertThat(problem.pointer()).isEqualTo("/do/0/setMessage");
            assertThat(problem.line()).isEqualTo(12);
            assertThat(problem.message())
                    .isEqualTo("Expected one task in each item of the list, but found 2: getPet, setMessage");
        });
    }

    @Test
    void refusesTheListThatStandsTwiceAndTheUntilOfAnUntil() {
        List<Problem> errors = errors(compiler.compile(invalid("listen-any-until-any-until.yaml")));

        assertThat(errors)
                .extracting(problem -> problem.line() + " " + problem.code() + " " + problem.pointer())
                .containsExactly("7 duplicate-key /do", "14 invalid-value /do/0/callDoctor/listen/to/until/until");
    }

    private static String invalid(String name) {
        return SpecificationFiles.text(
                SpecificationFiles.root().resolve("invalid").resolve(name));
    }

    private static List<Problem> errors(Compilation compilation) {
        return compilation.problems().stream()
                .filter(each -> each.severity() == Severity.ERROR)
                .toList();
    }
}

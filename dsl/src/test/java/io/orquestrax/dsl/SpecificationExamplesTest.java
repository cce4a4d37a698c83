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
    Stream<DynamicTest> compilesOrNamesOnlyWhatIsNotSupportedYet() {
        return SpecificationFiles.yaml("examples").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Compilation compilation = compiler.compile(SpecificationFiles.text(file));

                    List<Problem> errors = errors(compilation);
                    assertThat(errors).extracting(Problem::code).allMatch("not-supported-yet"::equals);
                    assertThat(compilation.plan().isPresent()).isEqualTo(errors.isEmpty());
                }));
    }

    @Test
    void refusesThePropertyThatNoCallHas() {
        List<Problem> errors = errors(compiler.compile(invalid("extra-property-in-call.yaml")));

        assertThat(errors).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("unknown-property");
            assertThat(problem.pointer()).isEqualTo("/do/0/getPet/foo");
            assertThat(problem.line()).isEqualTo(12);
            assertThat(problem.column()).isEqualTo(7);
        });
    }

    @Test
    void refusesTwoTasksInOneItem() {
        List<Problem> errors = errors(compiler.compile(invalid("two-tasks-in-one-item.yaml")));

        assertThat(errors).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("one-task-per-item");
            assertThat(problem.pointer()).isEqualTo("/do/0/setMessage");
            assertThat(problem.line()).isEqualTo(12);
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

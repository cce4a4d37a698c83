package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code of a problem has a document that shows it. */
class ProblemCodesTest {

    @Test
    void showsEachCodeAtLeastOnce() {
        Set<String> shown = Stream.of(
                        TextProblemsTest.texts(),
                        HeaderProblemsTest.headers(),
                        ReferenceProblemsTest.references(),
                        TaskProblemsTest.tasks(),
                        ExpressionProblemsTest.expressions(),
                        WarningsTest.warnings())
                .flatMap(List::stream)
                .flatMap(wrong -> wrong.compilation().problems().stream())
                .map(Problem::code)
                .collect(Collectors.toSet());

        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::text)
                        .toList());
    }
}

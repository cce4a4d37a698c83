package io.orquestrax.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our own conformance suite. */
class ConformanceTest {
    private static final Path FEATURES = Project.file("conformance/features");
    private static final int LEAST_SCENARIOS = 550;
    private static final Suite SUITE = new Suite();

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return SUITE.tests(FEATURES);
    }

    @Test
    void coversTheLanguage() {
        assertThat(Suite.scenarios(FEATURES)).hasSizeGreaterThanOrEqualTo(LEAST_SCENARIOS);
    }

    @Test
    void namesEachScenarioOnce() {
        assertThat(Suite.scenarios(FEATURES).stream().map(each -> each.feature() + ": " + each.name()))
                .doesNotHaveDuplicates();
    }

    @AfterAll
    static void stop() {
        SUITE.close();
    }
}

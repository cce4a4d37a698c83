package io.orquestrax.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The specification's own conformance kit, as it is. */
class SpecificationKitTest {
    private static final Path KIT = Project.file("../shared/spec/ctk/features");
    private static final Suite SUITE = new Suite();

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return SUITE.tests(KIT);
    }

    @Test
    void hasAllItsScenarios() {
        assertThat(Suite.scenarios(KIT)).hasSize(21);
    }

    @AfterAll
    static void stop() {
        SUITE.close();
    }
}

package io.orquestrax.store.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    /** The chains of semver.org, section 11, and the corners between them. */
    private static final List<String> ASCENDING = List.of(
            "not-a-version",
            "0.0.0-0",
            "0.0.0",
            "0.0.9",
            "0.0.10",
            "0.9.0",
            "0.10.0",
            "1.0.0-0",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0-10.1",
            "1.0.0--",
            "1.0.0-1a",
            "1.0.0-RC",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-alpha-x",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1-alpha",
            "1.0.1",
            "2.0.0",
            "2.1.0",
            "2.1.1",
            "10.0.0",
            "99999999999999999999999.0.0",
            "100000000000000000000000.0.0");

    @Test
    void isSemanticPrecedence() {
        List<String> versions = new ArrayList<>(ASCENDING);
        Collections.shuffle(versions, new Random(7));
        versions.sort(Comparator.comparing(VersionOrder::of));
        assertThat(versions).containsExactlyElementsOf(ASCENDING);
    }

    @Test
    void leavesOutBuildMetadata() {
        assertThat(VersionOrder.of("1.0.0+20130313144700")).isEqualTo(VersionOrder.of("1.0.0"));
        assertThat(VersionOrder.of("1.0.0-a.1+b-1.x")).isEqualTo(VersionOrder.of("1.0.0-a.1"));
    }
}

package io.orquestrax.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosterTest {

    @Test
    void aNodeWithoutOthersIsAlone() {
        assertThat(roster(member("self", Roster.State.SERVING, true)).isAlone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SERVING, true, false",
        "DRAINING, true, false",
        "JOINING, true, true",
        "LEAVING, true, true",
        "SERVING, false, true"
    })
    void aNodeIsAloneWhereNoOtherTakesCalls(Roster.State other, boolean isAlive, boolean isAlone) {
        Roster roster = roster(member("self", Roster.State.LEAVING, true), member("other", other, isAlive));

        assertThat(roster.isAlone()).isEqualTo(isAlone);
    }

    private static Roster roster(Roster.Member... members) {
        return new Roster("testing", "self", List.of(members), List.of());
    }

    private static Roster.Member member(String id, Roster.State state, boolean isAlive) {
        return new Roster.Member(id, "test", 1, "", "", Instant.EPOCH, state, isAlive, Duration.ZERO, Roster.Load.NONE);
    }
}

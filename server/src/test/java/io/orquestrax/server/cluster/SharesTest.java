package io.orquestrax.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final int PARTITIONS = 12;

    @Test
    void whatComesToANodeIsWhatItOwnsOnceItServes() {
        Roster before = roster(member("a", Roster.State.SERVING), member("b", Roster.State.SERVING));
        Roster after = roster(
                member("a", Roster.State.SERVING),
                member("b", Roster.State.SERVING),
                member("self", Roster.State.SERVING));
        List<String> owners = new Shares().owners(after);

        List<Integer> coming = Shares.comingTo("self", before);

        assertThat(coming)
                .hasSize(4)
                .isEqualTo(IntStream.range(0, PARTITIONS)
                        .filter(number -> owners.get(number).equals("self"))
                        .boxed()
                        .toList());
    }

    @Test
    void nothingComesFromNobody() {
        assertThat(Shares.comingTo("self", roster())).isEmpty();
        assertThat(Shares.comingTo("self", roster(member("a", Roster.State.JOINING))))
                .isEmpty();
        assertThat(Shares.comingTo("self", roster(dead("a")))).isEmpty();
    }

    @Test
    void allComesFromOneThatDrains() {
        assertThat(Shares.comingTo("self", roster(member("a", Roster.State.DRAINING))))
                .hasSize(PARTITIONS);
    }

    private static Roster roster(Roster.Member... others) {
        return new Roster(
                "testing",
                "self",
                Stream.concat(Stream.of(others), Stream.of(member("self", Roster.State.JOINING)))
                        .toList(),
                Collections.nCopies(PARTITIONS, new Roster.Ownership("a", 1)));
    }

    private static Roster.Member member(String id, Roster.State state) {
        return member(id, state, true);
    }

    private static Roster.Member dead(String id) {
        return member(id, Roster.State.SERVING, false);
    }

    private static Roster.Member member(String id, Roster.State state, boolean isAlive) {
        return new Roster.Member(id, "test", 1, "", "", Instant.EPOCH, state, isAlive, Duration.ZERO, Roster.Load.NONE);
    }
}

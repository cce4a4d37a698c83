package io.orquestrax.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.node.ClusterReading;
import io.orquestrax.store.node.NodeReading;
import io.orquestrax.store.node.NodeRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterReaderTest {
    private static final Duration STALE = Duration.ofSeconds(3);
    private static final long CONFIRMED_NANOS = RosterReader.CONFIRMED_AFTER.toNanos();

    private final RosterReader reader = new RosterReader("testing", "self", 2, STALE);
    private Roster roster = reader.nobody();

    @Test
    void aLockThatIsMissedOnceIsNotGone() {
        read(locked(Duration.ZERO), true, 0);
        read(unlocked(Duration.ZERO), true, 1);
        assertThat(isAlive()).isTrue();

        read(locked(Duration.ZERO), true, 2);
        read(unlocked(Duration.ZERO), true, CONFIRMED_NANOS);
        assertThat(isAlive()).isTrue();

        read(unlocked(Duration.ZERO), true, 2 * CONFIRMED_NANOS);
        assertThat(isAlive()).isFalse();
    }

    @Test
    void whoIsUnknownAndHoldsNoLockIsDead() {
        read(unlocked(Duration.ZERO), true, 0);

        assertThat(isAlive()).isFalse();
    }

    @Test
    void whoIsSilentIsDeadAtOnce() {
        read(locked(Duration.ZERO), true, 0);
        read(locked(STALE), true, 1);

        assertThat(isAlive()).isFalse();
    }

    @Test
    void nobodyDiesBeforeHeMayBeJudgedAndNobodyComesBackToLife() {
        read(unlocked(STALE), false, 0);
        assertThat(isAlive()).isTrue();

        read(unlocked(STALE), true, 1);
        read(unlocked(Duration.ZERO), false, 2);
        assertThat(isAlive()).isFalse();
    }

    private void read(NodeReading other, boolean mayJudge, long nowNanos) {
        ClusterReading reading = new ClusterReading(true, Duration.ofHours(1), List.of(other), List.of());
        roster = reader.roster(reading, roster, mayJudge, nowNanos);
    }

    private boolean isAlive() {
        return roster.member("other").orElseThrow().isAlive();
    }

    private static NodeReading locked(Duration silence) {
        return reading(silence, true);
    }

    private static NodeReading unlocked(Duration silence) {
        return reading(silence, false);
    }

    private static NodeReading reading(Duration silence, boolean isLocked) {
        return new NodeReading(
                new NodeRow("other", "1", 1, "peer", "api", "serving", Instant.EPOCH), silence, isLocked, "{}");
    }
}

package io.orquestrax.server.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WakeUpsTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);

    private final WakeUps wakeUps = new WakeUps();

    @Test
    void givesTheEarliestThatIsDue() {
        wakeUps.set(ONE, NOON.plusSeconds(2));
        wakeUps.set(TWO, NOON.plusSeconds(1));

        assertThat(wakeUps.takeDue(NOON)).isEmpty();
        assertThat(wakeUps.next()).contains(NOON.plusSeconds(1));
        assertThat(wakeUps.takeDue(NOON.plusSeconds(2))).contains(TWO);
        assertThat(wakeUps.takeDue(NOON.plusSeconds(2))).contains(ONE);
        assertThat(wakeUps.takeDue(NOON.plusSeconds(2))).isEmpty();
    }

    @Test
    void keepsOnlyTheLastTimeOfAnInstance() {
        wakeUps.set(ONE, NOON);
        wakeUps.set(ONE, NOON.plusSeconds(5));
        wakeUps.set(TWO, NOON);
        wakeUps.clear(TWO);

        assertThat(wakeUps.takeDue(NOON)).isEmpty();
        assertThat(wakeUps.next()).contains(NOON.plusSeconds(5));
    }

    @Test
    void showsWhatIsDueWithoutTakingIt() {
        wakeUps.set(ONE, NOON.plusSeconds(2));
        wakeUps.set(TWO, NOON.plusSeconds(1));

        assertThat(wakeUps.due(NOON, 10)).isEmpty();
        assertThat(wakeUps.due(NOON.plusSeconds(1), 10)).containsExactly(TWO);
        assertThat(wakeUps.due(NOON.plusSeconds(2), 10)).containsExactly(TWO, ONE);
        assertThat(wakeUps.due(NOON.plusSeconds(2), 1)).containsExactly(TWO);
        assertThat(wakeUps.takeDue(NOON.plusSeconds(1))).contains(TWO);
    }
}

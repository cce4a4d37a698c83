package io.orquestrax.server.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.command.Command;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitingStartsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long CAME = System.nanoTime();

    private final WaitingStarts starts = new WaitingStarts(PATIENCE);

    @Test
    void isLateOnceTheFirstHasWaitedForTooLong() {
        starts.serves(CAME);
        starts.add(cameAt(CAME));

        assertThat(starts.isLate(after(Duration.ofSeconds(3)))).isFalse();
        assertThat(starts.isLate(after(Duration.ofSeconds(4)))).isTrue();

        starts.poll();

        assertThat(starts.isLate(after(Duration.ofSeconds(4)))).isFalse();
    }

    @Test
    void whatWaitedForThePartitionItselfCountsFromWhenItServes() {
        starts.serves(after(Duration.ofSeconds(10)));
        starts.add(cameAt(CAME));

        assertThat(starts.isLate(after(Duration.ofSeconds(12)))).isFalse();
        assertThat(starts.isLate(after(Duration.ofSeconds(14)))).isTrue();
    }

    private static long after(Duration time) {
        return CAME + time.toNanos();
    }

    private static Message.Ask cameAt(long nanos) {
        return new Message.Ask(
                UUID.randomUUID(), new Command.CancelInstance("c", null), null, new CompletableFuture<>(), nanos);
    }
}

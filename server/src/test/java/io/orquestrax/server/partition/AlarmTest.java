package io.orquestrax.server.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AlarmTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long SOON = Duration.ofMillis(1).toNanos();

    private final BlockingQueue<Long> rings = new LinkedBlockingQueue<>();
    private final Alarm alarm = new Alarm(rings::add);

    @Test
    void ringsForWhatComesFirst() throws Exception {
        alarm.within(HOUR);
        alarm.within(SOON);
        alarm.within(HOUR);

        assertThat(ring()).isLessThanOrEqualTo(System.nanoTime());
    }

    @Test
    void ringsAgainOnceItRang() throws Exception {
        alarm.within(SOON);
        alarm.rang(ring());
        alarm.within(SOON);
        alarm.rang(ring());

        assertThat(rings).isEmpty();
    }

    @Test
    void ringsAfterItWasCleared() throws Exception {
        alarm.within(SOON);
        alarm.clear();
        alarm.within(HOUR);
        alarm.clear();
        long before = System.nanoTime();
        alarm.within(SOON);

        long last = ring();
        while (last < before) {
            // The first may have been on its way.
            alarm.rang(last);
            last = ring();
        }
        assertThat(last).isGreaterThan(before);
    }

    private long ring() throws InterruptedException {
        Long ring = rings.poll(20, TimeUnit.SECONDS);
        assertThat(ring).isNotNull();
        return ring;
    }
}

package io.orquestrax.server.schedule;

import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.message.MessageCourier;
import io.orquestrax.server.partition.Lease;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.schedule.Schedules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires the triggers that are due. Each node has one; they share the work through the rows' locks. One that the others may
 * take for gone fires nothing: what it starts would wait until the owner of its partition looks for it.
 */
public final class ScheduleRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRunner.class);

    /** How late a schedule that another node deployed or changed may be noticed. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS_AT_LEASE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(50);
    private static final int BATCH = 200;

    private final Schedules schedules;
    private final DueTriggers triggers;
    private final Lease lease;
    private final Clock clock;
    private final ChangeFeed feed;
    private final MessageCourier courier;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean isStopped;
    private @Nullable Thread thread;
    private @Nullable Subscription watch;

    ScheduleRunner(
            Schedules schedules,
            DueTriggers triggers,
            Lease lease,
            Clock clock,
            ChangeFeed feed,
            MessageCourier courier) {
        this.schedules = schedules;
        this.triggers = triggers;
        this.lease = lease;
        this.clock = clock;
        this.feed = feed;
        this.courier = courier;
    }

    /** Fires in the background until closed. */
    public void start() {
        watch = feed.watch(wake::release);
        thread = Thread.ofVirtual().name("schedules").start(this::run);
    }

    private void run() {
        try {
            while (!isStopped) {
                sleep(passOrWait());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration passOrWait() {
        try {
            return pass().map(due -> Duration.between(clock.instant(), due)).orElse(LONGEST_SLEEP);
        } catch (StoreException away) {
            LOG.warn("The schedules cannot be read or fired now; what is due is fired later", away);
            return LONGEST_SLEEP;
        }
    }

    private void sleep(Duration wanted) throws InterruptedException {
        Duration atLeast = wanted.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : wanted;
        Duration atMost = atLeast.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : atLeast;
        if (wake.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            wake.drainPermits();
        }
    }

    /**
     * Fires what is due.
     *
     * @return when to look again; empty where nothing will be due
     */
    Optional<Instant> pass() {
        Instant now = clock.instant();
        if (!lease.holds()) {
            return Optional.of(now.plus(BETWEEN_LOOKS_AT_LEASE));
        }
        Optional<Instant> due = schedules.nextDue();
        if (due.isEmpty() || due.get().isAfter(now)) {
            return due;
        }
        List<Schedules.Fired> fired;
        do {
            fired = schedules.fireDue(now, BATCH, row -> triggers.fire(row, now));
            courier.deliver(Schedules.starts(fired));
        } while (fired.size() == BATCH);
        feed.publish();
        return schedules.nextDue();
    }

    @Override
    public void close() {
        isStopped = true;
        wake.release();
        if (watch != null) {
            watch.close();
        }
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

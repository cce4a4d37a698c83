package io.orquestrax.server.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets one thread at a time change the dispatcher's memory; calls to the outside follow without the lock. */
final class Serial implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Outbox outbox = new Outbox();
    private final Clock clock;
    private final Timers timers;

    Serial(Clock clock, Timers timers) {
        this.clock = clock;
        this.timers = timers;
    }

    <T extends @Nullable Object> T call(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
            outbox.drain();
        }
    }

    void run(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
            outbox.drain();
        }
    }

    /** Once the present change is done, and outside the lock. */
    void afterwards(Runnable call) {
        outbox.add(call);
    }

    /** The change is run as by {@link #run}, and not at all once it was cancelled inside another change. */
    Timers.Timer later(Duration delay, Runnable change) {
        Alarm alarm = new Alarm(change);
        alarm.timer = timers.after(delay, () -> run(alarm::ring));
        return alarm;
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        timers.close();
    }

    /** A timer's thread may wait for the lock while the lock's owner cancels the timer. */
    private static final class Alarm implements Timers.Timer {
        private final Runnable change;
        private Timers.Timer timer = NONE;
        private boolean cancelled;

        Alarm(Runnable change) {
            this.change = change;
        }

        void ring() {
            if (!cancelled) {
                change.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            timer.cancel();
        }
    }
}

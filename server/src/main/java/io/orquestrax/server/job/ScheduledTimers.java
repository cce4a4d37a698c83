package io.orquestrax.server.job;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on one daemon thread. */
final class ScheduledTimers implements Timers {
    /** Limits that an author may write but nobody lives to see would overflow the executor's nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final ScheduledThreadPoolExecutor executor;

    ScheduledTimers() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("dispatcher-timers").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Duration bounded = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        try {
            Future<?> scheduled = executor.schedule(action, bounded.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException closed) {
            return Timer.NONE;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

package io.orquestrax.server.node;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs every task on a virtual thread of its own, at once or later: Armeria wants its blocking executor scheduled. */
final class VirtualThreadScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("blocking-", 0).factory());
    private final ScheduledThreadPoolExecutor clock;

    VirtualThreadScheduler() {
        clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("scheduler").daemon().factory());
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(Executors.callable(task), delay, unit);
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        HandedOver<V> handedOver = new HandedOver<>(task);
        handedOver.timer = clock.schedule(() -> threads.execute(handedOver), delay, unit);
        return handedOver;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return clock.scheduleAtFixedRate(() -> threads.execute(task), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return clock.scheduleWithFixedDelay(() -> threads.execute(task), initialDelay, delay, unit);
    }

    @Override
    public void shutdown() {
        clock.shutdown();
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        clock.shutdownNow();
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }

    /** Ends when the task does, not when it is handed to its thread. */
    private static final class HandedOver<V extends @Nullable Object> extends FutureTask<V>
            implements ScheduledFuture<V> {
        private volatile @Nullable ScheduledFuture<?> timer;

        HandedOver(Callable<V> task) {
            super(task);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            ScheduledFuture<?> set = timer;
            if (set != null) {
                set.cancel(false);
            }
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            ScheduledFuture<?> set = timer;
            return set == null ? 0 : set.getDelay(unit);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}

package io.orquestrax.server.orchestration;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Waits for the end of instances without holding a thread. */
final class CloseWaiter {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final CommitFeed feed;
    private final InstanceQueries queries;
    private final Executor blocking;
    private final ScheduledExecutorService scheduler;

    CloseWaiter(CommitFeed feed, InstanceQueries queries, Executor blocking, ScheduledExecutorService scheduler) {
        this.feed = feed;
        this.queries = queries;
        this.blocking = blocking;
        this.scheduler = scheduler;
    }

    CompletableFuture<InstanceRow> await(UUID instance, Duration wait) {
        Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        CompletableFuture<Void> over = new CompletableFuture<>();
        CommitFeed.Subscription subscription = feed.watch(instance, change -> {
            if (change.instance().status().isClosed()) {
                over.complete(null);
            }
        });
        // Read after subscribing, so that an end in between is seen by one of the two.
        CompletableFuture<InstanceRow> answer = read(instance).thenCompose(row -> {
            if (row.status().isClosed() || wait.isZero() || wait.isNegative()) {
                return CompletableFuture.completedFuture(row);
            }
            ScheduledFuture<?> timeout =
                    scheduler.schedule(() -> over.complete(null), bounded.toNanos(), TimeUnit.NANOSECONDS);
            over.whenComplete((nothing, failure) -> timeout.cancel(false));
            return over.thenCompose(nothing -> read(instance));
        });
        // A caller that gives up must not leave its subscription behind.
        CompletableFuture<InstanceRow> given = answer.copy();
        given.whenComplete((row, failure) -> {
            subscription.close();
            over.complete(null);
        });
        return given;
    }

    private CompletableFuture<InstanceRow> read(UUID instance) {
        return CompletableFuture.supplyAsync(
                () -> Orchestration.read(() -> queries.find(instance).orElseThrow(() -> notFound(instance))), blocking);
    }

    static ServiceException notFound(UUID instance) {
        return new ServiceException(
                ErrorCode.INSTANCE_NOT_FOUND, "Expected the instance " + instance + ", but there is none.");
    }
}

package io.orquestrax.server.orchestration;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** Waits for the end of instances without holding a thread. */
final class CloseWaiter {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final CommitFeed feed;
    private final Predicate<UUID> knownAsOpen;
    private final Function<UUID, Optional<InstanceRow>> stored;
    private final Executor blocking;
    private final ScheduledExecutorService scheduler;
    private final Set<CompletableFuture<Void>> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /**
     * @param knownAsOpen whether an instance's end is certainly still to be told by the feed; false says nothing
     * @param stored reads the database
     */
    CloseWaiter(
            CommitFeed feed,
            Predicate<UUID> knownAsOpen,
            Function<UUID, Optional<InstanceRow>> stored,
            Executor blocking,
            ScheduledExecutorService scheduler) {
        this.feed = feed;
        this.knownAsOpen = knownAsOpen;
        this.stored = stored;
        this.blocking = blocking;
        this.scheduler = scheduler;
    }

    /** Of an instance that is being started; the time that the start takes is part of the wait. */
    CompletableFuture<InstanceRow> await(CompletableFuture<InstanceRow> start, Duration wait) {
        long beganNanos = System.nanoTime();
        CompletableFuture<InstanceRow> given = new CompletableFuture<>();
        start.whenComplete((started, failure) -> {
            if (failure != null) {
                given.completeExceptionally(failure);
                return;
            }
            Duration left = wait.minusNanos(System.nanoTime() - beganNanos);
            if (started.status().isClosed() || !left.isPositive() || given.isDone()) {
                given.complete(started);
            } else {
                CompletableFuture<InstanceRow> end = await(started.id(), left);
                given.whenComplete((row, gaveUp) -> end.cancel(false));
                end.whenComplete((row, lost) -> {
                    if (lost == null) {
                        given.complete(row);
                    } else {
                        given.completeExceptionally(lost);
                    }
                });
            }
        });
        return given;
    }

    CompletableFuture<InstanceRow> await(UUID instance, Duration wait) {
        CompletableFuture<InstanceRow> closed = new CompletableFuture<>();
        Subscription subscription = feed.watchEnd(
                instance,
                change -> closed.completeAsync(() -> Orchestration.read(change.whole()), blocking),
                () -> readAgain(instance, closed));
        // Looked at after subscribing, so that an end in between is seen by one of the two.
        CompletableFuture<InstanceRow> answer = wait.isPositive() && knownAsOpen.test(instance)
                ? endOrTimeout(instance, wait, closed)
                : read(instance)
                        .thenCompose(row -> row.status().isClosed() || !wait.isPositive()
                                ? CompletableFuture.completedFuture(row)
                                : endOrTimeout(instance, wait, closed));
        // A caller that gives up must not leave its subscription behind.
        CompletableFuture<InstanceRow> given = answer.copy();
        given.whenComplete((row, failure) -> {
            subscription.close();
            closed.cancel(false);
        });
        return given;
    }

    /** From now on nobody waits here: each is answered with the instance as it is. */
    void endAll() {
        ending = true;
        waits.forEach(over -> over.complete(null));
    }

    private CompletableFuture<InstanceRow> endOrTimeout(
            UUID instance, Duration wait, CompletableFuture<InstanceRow> closed) {
        Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        CompletableFuture<Void> over = new CompletableFuture<>();
        ScheduledFuture<?> timeout =
                scheduler.schedule(() -> over.complete(null), bounded.toNanos(), TimeUnit.NANOSECONDS);
        waits.add(over);
        closed.whenComplete((row, failure) -> {
            timeout.cancel(false);
            waits.remove(over);
        });
        over.whenComplete((nothing, failure) -> waits.remove(over));
        if (ending) {
            over.complete(null);
        }
        return closed.applyToEither(over.thenCompose(nothing -> read(instance)), Function.identity());
    }

    /** Until it can be read; the end may have been missed. */
    private void readAgain(UUID instance, CompletableFuture<InstanceRow> closed) {
        if (closed.isDone()) {
            return;
        }
        blocking.execute(() -> {
            try {
                stored.apply(instance).filter(row -> row.status().isClosed()).ifPresent(closed::complete);
            } catch (StoreException away) {
                scheduler.schedule(() -> readAgain(instance, closed), AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    private CompletableFuture<InstanceRow> read(UUID instance) {
        return CompletableFuture.supplyAsync(
                () -> Orchestration.read(() -> stored.apply(instance).orElseThrow(() -> notFound(instance))), blocking);
    }

    static ServiceException notFound(UUID instance) {
        return new ServiceException(
                ErrorCode.INSTANCE_NOT_FOUND, "Expected the instance " + instance + ", but there is none.");
    }
}

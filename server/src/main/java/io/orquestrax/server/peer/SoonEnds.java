package io.orquestrax.server.peer;

import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.partition.Answer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Holds answers to starts back until the instances end, so that one answer tells both; not for long. */
final class SoonEnds {
    private final CommitFeed feed;
    private final Predicate<UUID> knownAsOpen;
    private final ScheduledExecutorService scheduler;

    /**
     * @param knownAsOpen whether an end of the instance is certainly still to be committed by this node
     */
    SoonEnds(CommitFeed feed, Predicate<UUID> knownAsOpen, ScheduledExecutorService scheduler) {
        this.feed = feed;
        this.knownAsOpen = knownAsOpen;
        this.scheduler = scheduler;
    }

    /** The answer with the instance at its end, or as it was where that does not come in time or may have been missed. */
    CompletableFuture<Answer> await(UUID instance, Answer started, Duration wait) {
        CompletableFuture<Answer> given = new CompletableFuture<>();
        Subscription subscription = feed.watchEnd(
                instance,
                change -> given.complete(new Answer(started.reply(), change.whole())),
                () -> given.complete(started));
        // Looked at after subscribing, so that an end in between is seen by one of the two.
        if (!knownAsOpen.test(instance)) {
            given.complete(started);
        }
        ScheduledFuture<?> timeout =
                scheduler.schedule(() -> given.complete(started), wait.toNanos(), TimeUnit.NANOSECONDS);
        return given.whenComplete((answer, failure) -> {
            timeout.cancel(false);
            subscription.close();
        });
    }
}

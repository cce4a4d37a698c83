package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.Held;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds of subscriptions that go on with another job: kept between the two for a while, so that it need not connect
 * again, and nothing is missed of what no broker keeps. Thread-safe.
 */
final class KeptFeeds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptFeeds.class);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Map<String, Kept> feeds = new ConcurrentHashMap<>();

    /**
     * @param isUsable completes when it is known what became of the messages that it gave last
     */
    private record Kept(Feed feed, CompletableFuture<Boolean> isUsable) {}

    /** The feed that the subscription had last, whose messages are settled. */
    Optional<Feed> take(String key) throws InterruptedException {
        Kept kept = feeds.get(key);
        if (kept == null) {
            return Optional.empty();
        }
        boolean isUsable = await(kept);
        return feeds.remove(key, kept) && isUsable ? Optional.of(kept.feed()) : Optional.empty();
    }

    private static boolean await(Kept kept) throws InterruptedException {
        try {
            return kept.isUsable().get(KEPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException unknown) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Acknowledges what was taken once the result is durable, and keeps the feed then. */
    Held holding(String key, Target target, Feed feed) {
        Kept kept = new Kept(feed, new CompletableFuture<>());
        Kept before = feeds.put(key, kept);
        if (before != null) {
            var _ = before.isUsable().thenRun(before.feed()::close);
        }
        return isDurable -> {
            boolean isUsable = isDurable && isAcknowledged(target, feed);
            if (isUsable) {
                later(() -> drop(key, kept));
            } else {
                drop(key, kept);
            }
            kept.isUsable().complete(isUsable);
        };
    }

    private static boolean isAcknowledged(Target target, Feed feed) {
        try {
            feed.acknowledge();
            return true;
        } catch (ConnectorFailure broken) {
            LOG.warn("What a subscription to {} took may come again: {}", target, broken.getMessage());
            return false;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void later(Runnable what) {
        Executor executor =
                CompletableFuture.delayedExecutor(KEPT.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);
        executor.execute(what);
    }

    private void drop(String key, Kept kept) {
        if (feeds.remove(key, kept)) {
            kept.feed().close();
        }
    }

    @Override
    public void close() {
        List.copyOf(feeds.entrySet()).forEach(each -> drop(each.getKey(), each.getValue()));
    }
}

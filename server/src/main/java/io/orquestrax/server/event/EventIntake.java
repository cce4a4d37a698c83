package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.cloudevent.CloudEventRow;
import io.orquestrax.store.cloudevent.CloudEvents;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores events that come from outside; while one insert runs, the next fills. */
public final class EventIntake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);

    /** Events that may wait to be stored. */
    private static final int MAX_WAITING = 20_000;

    private static final int MAX_ROWS = 1_000;
    private static final long MAX_CHARACTERS = 8_000_000;

    private final CloudEvents events;
    private final Runnable stored;
    private final Clock clock;

    /** Bounded by {@link #waiting}. */
    private final BlockingQueue<Post> queue = new LinkedBlockingQueue<>();

    private final AtomicInteger waiting = new AtomicInteger();
    private final Thread thread;
    private volatile boolean isClosed;

    /** What became of the events of one request. */
    public record Accepted(int accepted, int duplicates) {}

    private record Post(List<CloudEventRow> rows, CompletableFuture<Accepted> answer) {
        long characters() {
            return rows.stream().mapToLong(row -> row.envelope().length()).sum();
        }
    }

    /**
     * @param stored told after each insert that there is something to deliver
     */
    public EventIntake(CloudEvents events, Runnable stored, Clock clock) {
        this.events = events;
        this.stored = stored;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("event-intake").unstarted(this::run);
    }

    public void begin() {
        thread.start();
    }

    /**
     * Completes once they are stored.
     *
     * @param envelopes as {@link CloudEventReader} gives them
     */
    public CompletableFuture<Accepted> accept(List<ObjectNode> envelopes) {
        if (envelopes.isEmpty()) {
            return CompletableFuture.completedFuture(new Accepted(0, 0));
        }
        int already = waiting.getAndAdd(envelopes.size());
        if (isClosed || already > 0 && already + envelopes.size() > MAX_WAITING) {
            waiting.addAndGet(-envelopes.size());
            return CompletableFuture.failedFuture(isClosed ? stopping() : overloaded());
        }
        Instant now = clock.instant();
        CompletableFuture<Accepted> answer = new CompletableFuture<>();
        queue.add(
                new Post(envelopes.stream().map(envelope -> row(envelope, now)).toList(), answer));
        return answer;
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static CloudEventRow row(ObjectNode envelope, Instant now) {
        return new CloudEventRow(
                envelope.path("source").asText(),
                envelope.path("id").asText(),
                envelope.path("type").asText(),
                envelope.path("subject").asText(null),
                Json.write(envelope),
                null,
                now);
    }

    private void run() {
        try {
            while (true) {
                store(fill());
            }
        } catch (InterruptedException closing) {
            List<Post> rest = new ArrayList<>();
            queue.drainTo(rest);
            rest.forEach(post -> end(post, stopping()));
        }
    }

    private List<Post> fill() throws InterruptedException {
        List<Post> posts = new ArrayList<>();
        int rows = 0;
        long characters = 0;
        for (Post post = queue.take(); post != null; post = queue.poll()) {
            posts.add(post);
            rows += post.rows().size();
            characters += post.characters();
            if (rows >= MAX_ROWS || characters >= MAX_CHARACTERS) {
                break;
            }
        }
        return posts;
    }

    private void store(List<Post> posts) {
        try {
            List<CloudEventRow> rows =
                    posts.stream().flatMap(post -> post.rows().stream()).toList();
            List<Boolean> isNew = events.store(rows);
            stored.run();
            int from = 0;
            for (Post post : posts) {
                int until = from + post.rows().size();
                int accepted = (int)
                        isNew.subList(from, until).stream().filter(one -> one).count();
                waiting.addAndGet(-post.rows().size());
                post.answer().complete(new Accepted(accepted, post.rows().size() - accepted));
                from = until;
            }
        } catch (StoreException away) {
            LOG.warn("Events cannot be stored now", away);
            posts.forEach(post -> end(
                    post,
                    new ServiceException(
                            ErrorCode.UNAVAILABLE, "The events cannot be stored now; send them again later.")));
        } catch (RuntimeException bug) {
            LOG.error("Storing events failed", bug);
            posts.forEach(post -> end(post, bug));
        }
    }

    private void end(Post post, RuntimeException failure) {
        waiting.addAndGet(-post.rows().size());
        post.answer().completeExceptionally(failure);
    }

    private static ServiceException stopping() {
        return new ServiceException(ErrorCode.UNAVAILABLE, "The node is stopping.");
    }

    private static ServiceException overloaded() {
        return new ServiceException(
                ErrorCode.OVERLOADED,
                "Expected at most " + MAX_WAITING + " events to wait to be stored, but there are as many; try again"
                        + " later.");
    }
}

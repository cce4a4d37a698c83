package io.orquestrax.server.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orquestrax.store.cloudevent.OutgoingEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of one sink, each instance's in order, until the sink says that it has them: any status from 200 to
 * 299. At least once: what was sent when the node died is sent again.
 */
final class SinkSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkSender.class);
    private static final ContentType STRUCTURED =
            ContentType.create("application/cloudevents+json", StandardCharsets.UTF_8);
    private static final int PAGE = 500;
    private static final int PARALLEL = 16;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

    private final EventSink sink;
    private final OutgoingEvents events;
    private final Supplier<List<Integer>> partitions;
    private final CloseableHttpClient client;
    private final SinkSignature signature;
    private final Duration firstBackoff;
    private final Counter sent;
    private final Counter failed;
    private final Rounds rounds;
    private Duration backoff;
    private long notBeforeNanos = System.nanoTime();
    private volatile boolean isDown;

    SinkSender(
            EventSink sink,
            OutgoingEvents events,
            Supplier<List<Integer>> partitions,
            CloseableHttpClient client,
            SinkSignature signature,
            Duration firstBackoff,
            MeterRegistry registry) {
        this.sink = sink;
        this.events = events;
        this.partitions = partitions;
        this.client = client;
        this.signature = signature;
        this.firstBackoff = firstBackoff;
        this.backoff = firstBackoff;
        this.sent = Counter.builder("orquestrax.events.sent")
                .description("Events that a sink has taken")
                .tag("sink", sink.name())
                .register(registry);
        this.failed = Counter.builder("orquestrax.events.send.failures")
                .description("Attempts to send an event that failed; each is tried again")
                .tag("sink", sink.name())
                .register(registry);
        Gauge.builder("orquestrax.events.sink.down", this, one -> one.isDown ? 1 : 0)
                .description("1 while a sink does not take what it is sent")
                .tag("sink", sink.name())
                .register(registry);
        this.rounds = new Rounds("sink-" + sink.name(), this::send);
    }

    void begin() {
        rounds.begin();
    }

    void wake() {
        rounds.wake();
    }

    @Override
    public void close() {
        rounds.close();
    }

    private Duration send() {
        long early = notBeforeNanos - System.nanoTime();
        if (early > 0) {
            return Duration.ofNanos(early);
        }
        List<Integer> serving = partitions.get();
        List<OutgoingEvents.Waiting> page = serving.isEmpty() ? List.of() : events.page(sink.name(), serving, PAGE);
        if (page.isEmpty()) {
            return BETWEEN_LOOKS;
        }
        List<Long> taken = send(page);
        if (!taken.isEmpty()) {
            events.remove(taken);
            sent.increment(taken.size());
        }
        if (taken.size() == page.size()) {
            backoff = firstBackoff;
            isDown = false;
            return Duration.ZERO;
        }
        return pause(!taken.isEmpty());
    }

    private Duration pause(boolean isPartlyTaken) {
        Duration pause = isPartlyTaken ? firstBackoff : backoff;
        Duration longer = pause.multipliedBy(2);
        backoff = longer.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : longer;
        isDown = !isPartlyTaken;
        notBeforeNanos = System.nanoTime() + pause.toNanos();
        return pause;
    }

    /** Returns the positions of those that the sink has. */
    private List<Long> send(List<OutgoingEvents.Waiting> page) {
        Map<UUID, List<OutgoingEvents.Waiting>> byInstance = new LinkedHashMap<>();
        page.forEach(event -> byInstance
                .computeIfAbsent(event.instance(), instance -> new ArrayList<>())
                .add(event));
        List<Long> taken = Collections.synchronizedList(new ArrayList<>());
        Semaphore permits = new Semaphore(PARALLEL);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<OutgoingEvents.Waiting> inOrder : byInstance.values()) {
                executor.execute(() -> {
                    permits.acquireUninterruptibly();
                    try {
                        for (OutgoingEvents.Waiting event : inOrder) {
                            // The next owner of the partition goes on, and must not be overtaken.
                            if (!partitions.get().contains(event.partition()) || !isTaken(event)) {
                                return;
                            }
                            taken.add(event.position());
                        }
                    } finally {
                        permits.release();
                    }
                });
            }
        }
        return List.copyOf(taken);
    }

    private boolean isTaken(OutgoingEvents.Waiting event) {
        HttpPost post = new HttpPost(sink.url());
        post.setEntity(new StringEntity(event.envelope(), STRUCTURED));
        try {
            signature.sign(post, event.envelope());
            int status = client.execute(post, response -> {
                EntityUtils.consume(response.getEntity());
                return response.getCode();
            });
            if (status >= 200 && status < 300) {
                return true;
            }
            LOG.warn(
                    "Sink {}: answered {} to an event of instance {}, which is sent again later",
                    sink.name(),
                    status,
                    event.instance());
        } catch (IOException | RuntimeException away) {
            LOG.warn("Sink {}: cannot be reached, and its events are sent later: {}", sink.name(), away.toString());
        }
        failed.increment();
        return false;
    }
}

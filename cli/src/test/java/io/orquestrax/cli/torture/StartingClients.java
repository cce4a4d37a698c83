package io.orquestrax.cli.torture;

import io.orquestrax.sdk.Instance;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.OrquestraxException;
import io.orquestrax.sdk.StartRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that start instances at the same time, and remember what was acknowledged to them. */
final class StartingClients implements AutoCloseable {
    private static final int CALLERS = 16;

    private final OrquestraxClient client;
    private final int instances;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final ExecutorService callers =
            Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory());
    private final List<Future<?>> running = new ArrayList<>();

    StartingClients(String address, int instances) {
        this.client = OrquestraxClient.connect(address);
        this.instances = instances;
        for (int caller = 0; caller < CALLERS; caller++) {
            running.add(callers.submit(this::startUntilAllAreAcknowledged));
        }
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    /** Number of the start, by id of its instance. */
    Map<String, Integer> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    boolean isDone() {
        return running.stream().allMatch(Future::isDone);
    }

    private void startUntilAllAreAcknowledged() {
        for (int number = next.getAndIncrement(); number < instances; number = next.getAndIncrement()) {
            startUntilAcknowledged(number);
        }
    }

    private void startUntilAcknowledged(int number) {
        StartRequest request = StartRequest.of("test", "torture")
                .withKey("torture-" + number)
                .withInputJson("{\"number\":" + number + "}");
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Instance instance = client.start(request);
                acknowledged.put(instance.id(), number);
                return;
            } catch (OrquestraxException notAcknowledged) {
                // The node is gone, or was when it mattered: a caller asks again.
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        callers.shutdownNow();
        client.close();
    }
}

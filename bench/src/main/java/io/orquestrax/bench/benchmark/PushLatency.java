package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.sdk.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * From the end of an instance to the bytes of its page that show it. The end is when it was decided, so the commit is
 * part of it.
 */
final class PushLatency implements Benchmark {
    private static final Figure TAIL = Figure.atMost("push-p95", 50, "ms");
    private static final String SHOWN = "completed";

    /** It must still run when its page is there. */
    private static final Workflow WORKFLOW = new Workflow("push", """
            - pause:
                wait: PT0.4S
            - last:
                set:
                  number: 1
            """, 1);

    @Override
    public List<Figure> figures() {
        return List.of(TAIL);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        ReadyStand ready = environment.shared();
        WORKFLOW.deploy(ready.client());
        HttpClient http = HttpClient.newHttpClient();
        return new Trial() {
            @Override
            public Map<String, Double> run(Load load) {
                long[] nanos = new long[scale.watched()];
                for (int index = 0; index < nanos.length; index++) {
                    nanos[index] = watchOne(http, ready).toNanos();
                }
                return Map.of(TAIL.name(), new Percentiles(nanos, nanos.length).millis(0.95));
            }

            @Override
            public void close() {
                http.close();
            }
        };
    }

    private static Duration watchOne(HttpClient http, ReadyStand ready) {
        String id = WORKFLOW.start(ready.client()).join().id();
        Instant seen = shown(http, ready.node().address() + "/instances/" + id + "/live?after=0");
        Instance ended = ready.client().await(id, Workflow.LIMIT);
        WORKFLOW.check(ended);
        Instant closed = ended.closedAt();
        if (closed == null) {
            throw new IllegalStateException("Expected the end of instance " + id + ", but it has none");
        }
        return Duration.between(closed, seen);
    }

    /** When the page said that the instance is completed. */
    private static Instant shown(HttpClient http, String address) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Accept", "text/event-stream")
                .timeout(Workflow.LIMIT)
                .build();
        try (InputStream body = http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(SHOWN)) {
                    return Clock.systemUTC().instant();
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        throw new IllegalStateException("Expected " + address + " to show the end, but the stream ended");
    }
}

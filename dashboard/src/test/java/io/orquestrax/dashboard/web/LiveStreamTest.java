package io.orquestrax.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.server.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When an open page is looked at. */
class LiveStreamTest {
    private static final Duration BEAT = Duration.ofMillis(20);

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Runnable> changed = new AtomicReference<>(() -> {});
    private volatile Duration putOff = Duration.ZERO;
    private final Server server = Server.builder()
            .http(0)
            .service("/live", new LiveStreams(Clock.systemUTC(), BEAT).service((request, signal) -> {
                        changed.set(signal);
                        return new CountingView();
                    }))
            .build();
    private final HttpClient client = HttpClient.newHttpClient();

    LiveStreamTest() {
        server.start().join();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.stop().join();
    }

    @Test
    void looksAtAnIdlePageOnceAndNeverAgain() throws Exception {
        try (Stream<String> lines = open()) {
            Iterator<String> stream = lines.iterator();
            await(stream, "look 1");

            // Far longer than any pause between two looks.
            for (int beat = 0; beat < 100; beat++) {
                await(stream, "event:beat");
            }

            assertThat(looks).hasValue(1);
        }
    }

    @Test
    void looksAgainWhenSomethingChanged() throws Exception {
        try (Stream<String> lines = open()) {
            Iterator<String> stream = lines.iterator();
            await(stream, "look 1");

            changed.get().run();

            await(stream, "look 2");
        }
    }

    @Test
    void makesOneLookOfManyChangesWithinAPause() throws Exception {
        try (Stream<String> lines = open()) {
            Iterator<String> stream = lines.iterator();
            await(stream, "look 1");

            for (int change = 0; change < 1000; change++) {
                changed.get().run();
            }
            await(stream, "look 2");
            for (int beat = 0; beat < 30; beat++) {
                await(stream, "event:beat");
            }

            assertThat(looks.get()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void looksOnceMoreForWhatWasPutOff() throws Exception {
        putOff = Duration.ofMillis(50);
        try (Stream<String> lines = open()) {
            Iterator<String> stream = lines.iterator();
            await(stream, "look 2");
        }
    }

    private Stream<String> open() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.activeLocalPort() + "/live"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofLines()).body();
    }

    private static void await(Iterator<String> stream, String text) {
        while (stream.hasNext()) {
            if (stream.next().contains(text)) {
                return;
            }
        }
        throw new AssertionError("Expected \"" + text + "\" on the stream, but it ended");
    }

    private final class CountingView implements LiveView {
        @Override
        public String changes() {
            return "look " + looks.incrementAndGet();
        }

        @Override
        public Duration putOff() {
            return putOff;
        }

        @Override
        public void close() {}
    }
}

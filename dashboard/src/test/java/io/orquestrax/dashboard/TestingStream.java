package io.orquestrax.dashboard;

import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Reads a page's live stream line by line. */
final class TestingStream implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Stream<String> body;

    private TestingStream(Stream<String> body) {
        this.body = body;
        Thread.ofVirtual().start(() -> {
            try {
                body.forEach(lines::add);
            } catch (UncheckedIOException closed) {
                // The test has read enough.
            }
        });
    }

    static TestingStream open(HttpClient client, HttpRequest request) {
        HttpResponse<Stream<String>> response =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofLines()).join();
        if (response.statusCode() != 200) {
            throw new AssertionError("Expected a stream, but got " + response.statusCode());
        }
        return new TestingStream(response.body());
    }

    /** The next line with this in it. */
    String await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < deadline) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line != null && line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("Expected \"" + text + "\" on the stream, but it did not come");
    }

    @Override
    public void close() {
        body.close();
    }
}

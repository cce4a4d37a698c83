package io.orquestrax.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The views that the server sends of one instance, newest first kept: {@code {instance, activations}} at first and
 * after each change. Where the connection breaks, it connects again by itself.
 */
public final class Views implements AutoCloseable {
    private static final Duration PAUSE_BEFORE_RECONNECT = Duration.ofMillis(500);

    private final RestApi api;
    private final Route route;
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Thread reader;
    private volatile boolean closed;

    private sealed interface Signal {
        record View(JsonNode json) implements Signal {}

        record Failed(CommandFailure failure) implements Signal {}

        record Lost() implements Signal {}
    }

    Views(RestApi api, Route route) {
        this.api = api;
        this.route = route;
        this.reader = Thread.ofVirtual().name("views").start(this::read);
    }

    /**
     * The newest view that came within the limit; empty where none did.
     *
     * @throws CommandFailure where the server refuses, or could not be reached at all
     */
    public Optional<JsonNode> next(Duration limit) {
        try {
            Signal signal = signals.poll(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
            JsonNode latest = null;
            while (signal != null) {
                switch (signal) {
                    case Signal.View view -> latest = view.json();
                    case Signal.Failed failed -> throw failed.failure();
                    case Signal.Lost lost -> {
                        // Told by the absence of news; it connects again.
                    }
                }
                signal = signals.poll();
            }
            return Optional.ofNullable(latest);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unreachable("The command was interrupted.", java.util.List.of(), interrupted);
        }
    }

    private void read() {
        boolean reachedBefore = false;
        while (!closed) {
            try (InputStream stream = api.stream(route)) {
                reachedBefore = true;
                if (readEvents(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)))) {
                    return;
                }
            } catch (IOException lost) {
                signals.add(new Signal.Lost());
            } catch (CommandFailure failure) {
                if (!reachedBefore || failure.exitCode() != io.orquestrax.cli.command.ExitCode.UNREACHABLE) {
                    signals.add(new Signal.Failed(failure));
                    return;
                }
            }
            pause();
        }
    }

    /** Answers whether the instance closed, after which the server has nothing more to send. */
    private boolean readEvents(BufferedReader lines) throws IOException {
        String event = "";
        StringBuilder data = new StringBuilder();
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event:")) {
                event = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip()).append('\n');
            } else if (line.isEmpty()) {
                if (event.equals("change")) {
                    signals.add(new Signal.View(io.orquestrax.dsl.json.Json.read(data.toString())));
                } else if (event.equals("closed")) {
                    return true;
                }
                event = "";
                data.setLength(0);
            }
        }
        return false;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_BEFORE_RECONNECT);
        } catch (InterruptedException ended) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
    }
}

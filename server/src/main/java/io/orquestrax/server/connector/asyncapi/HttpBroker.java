package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.BodyEnd;
import io.orquestrax.server.connector.http.EventStream;
import io.orquestrax.server.connector.http.HttpCaller;
import io.orquestrax.server.connector.http.HttpSender;
import io.orquestrax.server.connector.http.Uris;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Messages as bodies of requests, and as events of a stream, which nobody keeps for those who are not there. */
record HttpBroker(HttpCaller caller, Duration timeout) implements Broker {
    private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_STREAM = Duration.ofHours(1);
    private static final int MAX_WAITING = 1000;

    @Override
    public void publish(Target target, Message message, Call call) throws ConnectorFailure, InterruptedException {
        caller.post(
                uri(target),
                message.headers(),
                message.content(),
                call.login().authorization(),
                call.secrets(),
                timeout,
                BodyEnd.AT_ITS_OWN);
    }

    private static URI uri(Target target) throws ConnectorFailure {
        String base = target.server().toString().replaceFirst("^[a-zA-Z0-9+.-]+", target.isTls() ? "https" : "http");
        String path = target.address().startsWith("/") ? target.address() : "/" + target.address();
        return Uris.parse(base.replaceAll("/+$", "") + path, "the address of the channel");
    }

    @Override
    public Feed subscribe(Target target, Call call) throws ConnectorFailure {
        URI uri = uri(target);
        BlockingQueue<Message> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
        BlockingQueue<ConnectorFailure> failures = new LinkedBlockingQueue<>();
        Thread reading = Thread.ofVirtual().start(() -> read(uri, call, waiting, failures));
        return new HttpFeed(waiting, failures, reading);
    }

    /** Again where the stream ends, until the feed does. */
    private void read(URI uri, Call call, BlockingQueue<Message> waiting, BlockingQueue<ConnectorFailure> failures) {
        try {
            while (true) {
                readOnce(uri, call, waiting);
                Thread.sleep(RECONNECT_PAUSE);
            }
        } catch (ConnectorFailure failure) {
            failures.add(failure);
        } catch (InterruptedException ended) {
            // Nobody listens any more.
            return;
        }
    }

    private void readOnce(URI uri, Call call, BlockingQueue<Message> waiting)
            throws ConnectorFailure, InterruptedException {
        EventStream events = new EventStream(data -> !put(waiting, data));
        try {
            caller.stream(uri, call.login().authorization(), call.secrets(), LONGEST_STREAM, events);
        } catch (ConnectorFailure failure) {
            // What came was read; a stream has no end, but an answer has a limit.
            if (!HttpSender.TOO_LARGE.equals(failure.error().title())) {
                throw failure;
            }
        }
    }

    private static boolean put(BlockingQueue<Message> waiting, String data) {
        try {
            waiting.put(new Message(data.getBytes(StandardCharsets.UTF_8), new HashMap<>()));
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private record HttpFeed(BlockingQueue<Message> waiting, BlockingQueue<ConnectorFailure> failures, Thread reading)
            implements Feed {
        @Override
        public Optional<Message> next(Duration limit) throws ConnectorFailure, InterruptedException {
            Message next = waiting.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            ConnectorFailure failure = next == null ? failures.poll() : null;
            if (failure != null) {
                throw failure;
            }
            return Optional.ofNullable(next);
        }

        @Override
        public void close() {
            reading.interrupt();
        }
    }
}

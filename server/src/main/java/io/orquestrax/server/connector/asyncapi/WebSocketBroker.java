package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Uris;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** WebSockets, whose messages have no headers, and are kept for nobody. */
record WebSocketBroker(Guarded guarded, SSLContext tls, AsyncApiLimits limits) implements Broker {
    private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);
    private static final int TOO_LARGE = 1009;

    @Override
    public void publish(Target target, Message message, Call call) throws ConnectorFailure, InterruptedException {
        Incoming incoming = new Incoming(limits.maxBytes());
        Connection connection = connected(target, call, incoming);
        try {
            WebSocket socket = connection.socket();
            await(socket.sendText(new String(message.content(), StandardCharsets.UTF_8), true));
            await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            // The other side has read what came before the end when it says its own.
            int code = await(incoming.closed);
            if (code == TOO_LARGE) {
                throw ConnectorFailure.communication(
                        "Message too large",
                        "Expected a message of a size that " + target + " takes, but it ended the connection with "
                                + code + ".");
            }
            if (code != WebSocket.NORMAL_CLOSURE && code != Incoming.NO_CODE) {
                throw Guarded.broken(target, new IllegalStateException("it ended the connection with " + code));
            }
        } catch (ExecutionException | TimeoutException broken) {
            throw broken(target, broken);
        } finally {
            connection.close();
        }
    }

    @Override
    public Feed subscribe(Target target, Call call) throws ConnectorFailure, InterruptedException {
        WebSocketFeed feed = new WebSocketFeed(this, target, call);
        feed.connect();
        return feed;
    }

    private <T> T await(CompletionStage<T> stage) throws ExecutionException, TimeoutException, InterruptedException {
        return stage.toCompletableFuture().get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ConnectorFailure broken(Target target, Exception failed) {
        Throwable cause =
                failed instanceof ExecutionException && failed.getCause() != null ? failed.getCause() : failed;
        if (cause instanceof ConnectorFailure known) {
            return known;
        }
        if (cause instanceof WebSocketHandshakeException refused) {
            int status = refused.getResponse().statusCode();
            return Guarded.broken(target, new IllegalStateException("it answered with status " + status));
        }
        return Guarded.broken(target, cause);
    }

    private Connection connected(Target target, Call call, Incoming incoming)
            throws ConnectorFailure, InterruptedException {
        Guarded.Place place = guarded.of(target);
        HttpClient client = HttpClient.newBuilder()
                .sslContext(PinnedTls.context(place, tls))
                .connectTimeout(limits.timeout())
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        try {
            WebSocket.Builder builder = client.newWebSocketBuilder()
                    .connectTimeout(limits.timeout())
                    .header("Host", target.server().getAuthority());
            call.login().authorization().first().ifPresent(each -> builder.header("Authorization", each));
            return new Connection(client, await(builder.buildAsync(uri(target, place), incoming)));
        } catch (ExecutionException | TimeoutException broken) {
            client.shutdownNow();
            throw broken(target, broken);
        } catch (ConnectorFailure | InterruptedException | RuntimeException failed) {
            client.shutdownNow();
            throw failed;
        }
    }

    private static URI uri(Target target, Guarded.Place place) throws ConnectorFailure {
        String base = String.valueOf(target.server().getRawPath()).replaceAll("/+$", "");
        String path = target.address().startsWith("/") ? target.address() : "/" + target.address();
        URI checked = Uris.parse(
                (target.isTls() ? "https://" : "http://") + place.authority() + base + path,
                "the address of the channel");
        return URI.create(checked.toString().replaceFirst("^http", "ws"));
    }

    private record Connection(HttpClient client, WebSocket socket) implements AutoCloseable {
        @Override
        public void close() {
            socket.abort();
            client.shutdownNow();
        }
    }

    /** One message after the other: the next is asked for when the last one was taken. */
    private static final class Incoming implements WebSocket.Listener {
        /** What stands for a code that the other side did not give. */
        static final int NO_CODE = 1005;

        private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final int maxBytes;
        private ByteArrayOutputStream parts = new ByteArrayOutputStream();
        private volatile long heardNanos = System.nanoTime();

        Incoming(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            byte[] bytes = data.toString().getBytes(StandardCharsets.UTF_8);
            return add(socket, bytes, isLast);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean isLast) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            return add(socket, bytes, isLast);
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
            heardNanos = System.nanoTime();
            socket.request(1);
            return null;
        }

        private @Nullable CompletionStage<?> add(WebSocket socket, byte[] bytes, boolean isLast) {
            heardNanos = System.nanoTime();
            if (parts.size() + bytes.length > maxBytes) {
                closed.completeExceptionally(ConnectorFailure.communication(
                        "Message too large",
                        "Expected a message of at most " + maxBytes + " bytes, but a larger one came."));
                socket.abort();
                return null;
            }
            parts.writeBytes(bytes);
            if (isLast) {
                messages.add(parts.toByteArray());
                parts = new ByteArrayOutputStream();
            } else {
                socket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    /** Connects again where the other side ends the connection, or is no longer there, until the feed ends. */
    private static final class WebSocketFeed implements Feed {
        private final WebSocketBroker broker;
        private final Target target;
        private final Call call;
        private Incoming incoming;
        private @Nullable Connection connection;
        /** Since when an answer is awaited; null where none is. */
        private @Nullable Long askedNanos;

        WebSocketFeed(WebSocketBroker broker, Target target, Call call) {
            this.broker = broker;
            this.target = target;
            this.call = call;
            this.incoming = new Incoming(broker.limits().maxBytes());
        }

        void connect() throws ConnectorFailure, InterruptedException {
            incoming = new Incoming(broker.limits().maxBytes());
            connection = broker.connected(target, call, incoming);
            askedNanos = null;
        }

        @Override
        public Optional<Message> next(Duration limit) throws ConnectorFailure, InterruptedException {
            byte[] next = incoming.messages.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (next != null) {
                Objects.requireNonNull(connection).socket().request(1);
                return Optional.of(new Message(next, Map.of()));
            }
            if (incoming.closed.isCompletedExceptionally()) {
                throw broken(target, new ExecutionException(incoming.closed.exceptionNow()));
            }
            if (incoming.closed.isDone() || isGone()) {
                close();
                Thread.sleep(RECONNECT_PAUSE);
                connect();
            }
            return Optional.empty();
        }

        /** Asks a side that has long been silent whether it is there. */
        private boolean isGone() {
            long limit = broker.limits().timeout().toNanos();
            Long asked = askedNanos;
            if (asked != null && incoming.heardNanos - asked < 0) {
                return System.nanoTime() - asked > limit;
            }
            askedNanos = null;
            if (System.nanoTime() - incoming.heardNanos > limit) {
                askedNanos = System.nanoTime();
                // Where it cannot be sent, the connection has ended, or will be found silent.
                var _ = Objects.requireNonNull(connection).socket().sendPing(ByteBuffer.allocate(0));
            }
            return false;
        }

        @Override
        public void close() {
            Connection open = connection;
            if (open != null) {
                open.close();
            }
        }
    }
}

package io.orquestrax.server.connector.asyncapi;

import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketCloseStatus;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketFrameType;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.websocket.WebSocketService;
import io.orquestrax.server.peer.PeerTls;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A server of WebSockets that sends each text to all that are connected. */
final class TestingSockets implements AutoCloseable {
    static final int MOST_BYTES = 100_000;

    private final Server server;
    private final List<WebSocketWriter> open = new CopyOnWriteArrayList<>();
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger pings = new AtomicInteger();
    private volatile boolean isSilent;

    /**
     * @param tls null for none
     */
    TestingSockets(@Nullable PeerTls tls) {
        // A stream that nobody ended would be waited for.
        ServerBuilder builder = Server.builder().gracefulShutdownTimeoutMillis(0, 0);
        if (tls == null) {
            builder.http(0);
        } else {
            builder.https(0).tls(tls.certificate(), tls.key());
        }
        server = builder.service(
                        "/orders",
                        WebSocketService.builder((context, in) -> {
                                    hosts.add(context.request().authority());
                                    String login = context.request().headers().get("authorization");
                                    if (login != null) {
                                        logins.add(login);
                                    }
                                    WebSocketWriter out = WebSocket.streaming();
                                    open.add(out);
                                    opened.incrementAndGet();
                                    in.subscribe(new Reading(out));
                                    return out;
                                })
                                .allowedOrigins("*")
                                .aggregateContinuation(true)
                                .maxFramePayloadLength(2 * MOST_BYTES)
                                .build())
                .build();
        server.start().join();
    }

    int port() {
        return server.activeLocalPort();
    }

    /** What it was called by whoever connected. */
    List<String> hosts() {
        return hosts;
    }

    List<String> logins() {
        return logins;
    }

    int connections() {
        return open.size();
    }

    /** How many there have been. */
    int opened() {
        return opened.get();
    }

    /** How many were answered. */
    int pings() {
        return pings.get();
    }

    /** Whether neither the end of a connection nor the question whether it still stands is answered. */
    void setSilent(boolean silent) {
        isSilent = silent;
    }

    /** Ends all connections. */
    void leave() {
        open.forEach(each -> each.close(WebSocketCloseStatus.NORMAL_CLOSURE));
        open.clear();
    }

    private final class Reading implements Subscriber<WebSocketFrame> {
        private final WebSocketWriter out;

        Reading(WebSocketWriter out) {
            this.out = out;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(WebSocketFrame frame) {
            if (frame.type() == WebSocketFrameType.TEXT && frame.text().length() > MOST_BYTES) {
                open.remove(out);
                out.close(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            } else if (frame.type() == WebSocketFrameType.TEXT) {
                open.stream().filter(each -> each != out).forEach(each -> each.write(frame.text()));
            } else if (frame.type() == WebSocketFrameType.PING && !isSilent) {
                pings.incrementAndGet();
                out.writePong();
            } else if (frame.type() == WebSocketFrameType.CLOSE && !isSilent) {
                open.remove(out);
                out.close(WebSocketCloseStatus.NORMAL_CLOSURE);
            }
        }

        @Override
        public void onError(Throwable broken) {
            open.remove(out);
        }

        @Override
        public void onComplete() {
            open.remove(out);
        }
    }

    @Override
    public void close() {
        open.forEach(WebSocketWriter::abort);
        server.stop();
    }
}

package io.orquestrax.conformance;

import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.websocket.WebSocketService;

/** A server of WebSockets that stands in for one outside: tells whoever connects that it notifies, five times. */
final class SocketsStandIn implements AutoCloseable {
    private static final int NOTIFICATIONS = 5;

    private final Server server;

    SocketsStandIn() {
        server = Server.builder()
                // A stream that nobody ended would be waited for.
                .gracefulShutdownTimeoutMillis(0, 0)
                .http(0)
                .serviceUnder(
                        "/",
                        WebSocketService.builder((context, in) -> {
                                    var _ = in.subscribe();
                                    WebSocketWriter out = WebSocket.streaming();
                                    for (int number = 1; number <= NOTIFICATIONS; number++) {
                                        out.write("{\"number\":" + number + "}");
                                    }
                                    return out;
                                })
                                .allowedOrigins("*")
                                .build())
                .build();
        server.start().join();
    }

    String url() {
        return "http://127.0.0.1:" + server.activeLocalPort();
    }

    @Override
    public void close() {
        server.stop();
    }
}

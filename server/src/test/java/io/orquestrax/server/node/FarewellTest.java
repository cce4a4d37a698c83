package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FarewellTest {

    @Test
    void asksConnectionsToEndOnceTheNodeStops() throws Exception {
        AtomicBoolean stopping = new AtomicBoolean();
        Server server = Server.builder()
                .http(0)
                .service("/", (context, request) -> HttpResponse.of(HttpStatus.OK))
                .decorator(new Farewell(stopping::get))
                .build();
        server.start().join();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.activeLocalPort()))
                    .build();
            assertThat(connection(client, request)).isEmpty();

            stopping.set(true);

            assertThat(connection(client, request)).contains("close");
        } finally {
            server.stop().join();
        }
    }

    @Test
    void answersWhatTakesLongerThanTheConnectionsDrain() {
        CompletableFuture<HttpResponse> slow = new CompletableFuture<>();
        Server server = Server.builder()
                .http(0)
                .service("/", (context, request) -> {
                    context.eventLoop()
                            .schedule(
                                    () -> slow.complete(HttpResponse.of(HttpStatus.OK)),
                                    3 * Farewell.DRAIN.toMillis(),
                                    TimeUnit.MILLISECONDS);
                    return HttpResponse.of(slow);
                })
                .decorator(new Farewell(() -> true))
                .build();
        server.start().join();
        try {
            WebClient client = WebClient.of("h2c://127.0.0.1:" + server.activeLocalPort());

            assertThat(client.get("/").aggregate().join().status()).isEqualTo(HttpStatus.OK);
        } finally {
            server.stop().join();
        }
    }

    private static Optional<String> connection(HttpClient client, HttpRequest request) throws Exception {
        java.net.http.HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.headers().firstValue("connection");
    }
}

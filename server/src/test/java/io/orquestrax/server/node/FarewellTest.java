package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FarewellTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Farewell farewell = new Farewell();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<HttpResponse> slow = new CompletableFuture<>();
    private final Server server = server();

    private Server server() {
        ServerBuilder builder = Server.builder()
                .http(0)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .service("/", (context, request) -> HttpResponse.of(HttpStatus.OK))
                .service("/slow", (context, request) -> {
                    asked.countDown();
                    return HttpResponse.of(slow);
                })
                .service("/endless", (context, request) -> {
                    context.clearRequestTimeout();
                    HttpResponseWriter endless = HttpResponse.streaming();
                    endless.write(ResponseHeaders.of(HttpStatus.OK));
                    asked.countDown();
                    return endless;
                });
        farewell.attend(builder);
        Server built = builder.build();
        built.start().join();
        return built;
    }

    @AfterEach
    void stop() {
        slow.complete(HttpResponse.of(HttpStatus.OK));
        server.stop().join();
    }

    @Test
    void asksConnectionsToEndOnceTheNodeStops() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.activeLocalPort()))
                    .build();
            assertThat(connection(client, request)).isEmpty();

            farewell.begin();

            assertThat(connection(client, request)).contains("close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "h1c"})
    void answersWhatIsUnderWayHoweverLongItTakes(String protocol) throws Exception {
        WebClient client = client(protocol);
        CompletableFuture<AggregatedHttpResponse> answer = client.get("/slow").aggregate();
        asked.await();

        farewell.begin();
        answerLater();
        farewell.say(LIMIT);
        server.stop().join();

        assertThat(answer.join().status()).isEqualTo(HttpStatus.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "h1c"})
    void answersWhatComesWhileTheNodeStops(String protocol) throws Exception {
        WebClient client = client(protocol);
        assertThat(client.get("/").aggregate().join().status()).isEqualTo(HttpStatus.OK);

        farewell.begin();
        CompletableFuture<AggregatedHttpResponse> answer = client.get("/slow").aggregate();
        asked.await();
        answerLater();
        farewell.say(LIMIT);
        server.stop().join();

        assertThat(answer.join().status()).isEqualTo(HttpStatus.OK);
    }

    @Test
    void acceptsNobodyAnyMoreOnceItIsSaid() throws Exception {
        int port = server.activeLocalPort();
        assertThat(client("h2c").get("/").aggregate().join().status()).isEqualTo(HttpStatus.OK);

        farewell.begin();
        farewell.say(LIMIT);

        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void waitsNoLongerThanItsLimit() throws Exception {
        CompletableFuture<AggregatedHttpResponse> answer =
                client("h2c").get("/slow").aggregate();
        asked.await();

        farewell.begin();
        farewell.say(Duration.ofMillis(1));

        assertThat(answer).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "h1c"})
    void cutsAStreamThatHasNoEnd(String protocol) throws Exception {
        CompletableFuture<AggregatedHttpResponse> stream =
                client(protocol).get("/endless").aggregate();
        asked.await();

        farewell.begin();
        farewell.say(LIMIT);
        farewell.end();
        server.stop().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThatThrownBy(stream::join).hasCauseInstanceOf(ClosedSessionException.class);
    }

    /** After the drain of every connection. */
    private void answerLater() {
        CompletableFuture.delayedExecutor(5 * Farewell.DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> slow.complete(HttpResponse.of(HttpStatus.OK)));
    }

    private WebClient client(String protocol) {
        return WebClient.of(protocol + "://127.0.0.1:" + server.activeLocalPort());
    }

    private static void connect(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    private static Optional<String> connection(HttpClient client, HttpRequest request) throws Exception {
        java.net.http.HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.headers().firstValue("connection");
    }
}

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
import io.orquestrax.server.api.EndlessCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FarewellTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Longer than any test goes on. */
    private static final Duration LONG = Duration.ofHours(1);

    private final Farewell farewell = new Farewell(LONG);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<HttpResponse> slow = new CompletableFuture<>();
    private final Server server = server(farewell);
    private final int port = server.activeLocalPort();

    private Server server(Farewell farewell) {
        ServerBuilder builder = Server.builder()
                .http(0)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .service("/", (context, request) -> HttpResponse.of(HttpStatus.OK))
                .service("/slow", (context, request) -> {
                    // As it is where an answer is just being written.
                    context.clearRequestTimeout();
                    // Once its answer is waited for.
                    context.eventLoop().execute(asked::countDown);
                    return HttpResponse.of(slow);
                })
                .service("/endless", (context, request) -> {
                    EndlessCall.begin(context);
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
        try (HttpClient client = http1()) {
            assertThat(connection(client)).isEmpty();

            farewell.begin();

            assertThat(connection(client)).contains("close");
        }
    }

    @Test
    void asksAConnectionToEndWithTheAnswerThatIsUnderWay() throws Exception {
        try (HttpClient client = http1()) {
            var answer = client.sendAsync(request("/slow"), BodyHandlers.discarding());
            asked.await();

            farewell.begin();
            slow.complete(HttpResponse.of(HttpStatus.OK));

            assertThat(answer.join().headers().firstValue("connection")).contains("close");
        }
    }

    @Test
    void aConnectionThatCannotBeToldBringsItsLastRequest() throws Exception {
        try (HttpClient client = http1()) {
            assertThat(connection(client)).isEmpty();

            farewell.begin();
            CompletableFuture<Void> said = CompletableFuture.runAsync(
                    () -> {
                        try {
                            farewell.say(false, LONG);
                        } catch (InterruptedException interrupted) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    Thread::startVirtualThread);
            TestingNode.until("nobody is accepted", this::isClosed);

            // Over the old connection, since there is no new one any more.
            Optional<String> told = CompletableFuture.supplyAsync(() -> connection(client), later())
                    .join();
            assertThat(told).contains("close");
            said.join();
        }
    }

    @Test
    void endsTheConnectionsThatBroughtNothing() throws Exception {
        Farewell brief = new Farewell(Duration.ofMillis(1));
        Server other = server(brief);
        try (Socket caller = caller(other)) {
            brief.begin();
            brief.say(false, LONG);

            assertThat(caller.getInputStream().readAllBytes()).isNotEmpty();
        } finally {
            other.stop().join();
        }
    }

    @Test
    void waitsForNobodyWhoHasNowhereToGo() throws Exception {
        try (Socket caller = caller(server)) {
            farewell.begin();
            farewell.say(true, LONG);

            assertThat(caller.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void leavesItToClientsToEndConnectionsThatTheyDoNotUse() {
        Duration longestOfClients = Duration.ofMinutes(10);

        assertThat(Duration.ofMillis(server.config().idleTimeoutMillis())).isGreaterThan(longestOfClients);
    }

    @ParameterizedTest
    @CsvSource({"h2c, false", "h1c, false", "h2c, true", "h1c, true"})
    void answersWhatIsUnderWayHoweverLongItTakes(String protocol, boolean isAlone) throws Exception {
        WebClient client = client(protocol);
        CompletableFuture<AggregatedHttpResponse> answer = client.get("/slow").aggregate();
        asked.await();

        farewell.begin();
        answerLater();
        farewell.say(isAlone, LONG);
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
        farewell.say(false, LONG);
        server.stop().join();

        assertThat(answer.join().status()).isEqualTo(HttpStatus.OK);
    }

    @Test
    void acceptsNobodyAnyMoreOnceItIsSaid() throws Exception {
        assertThat(client("h2c").get("/").aggregate().join().status()).isEqualTo(HttpStatus.OK);

        farewell.begin();
        farewell.say(false, LONG);

        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void waitsNoLongerThanItsLimit() throws Exception {
        CompletableFuture<AggregatedHttpResponse> answer =
                client("h2c").get("/slow").aggregate();
        asked.await();

        farewell.begin();
        farewell.say(false, Duration.ofMillis(1));

        assertThat(answer).isNotDone();
    }

    @ParameterizedTest
    @CsvSource({"h2c, false", "h1c, false", "h2c, true", "h1c, true"})
    void cutsAStreamThatHasNoEnd(String protocol, boolean isAlone) throws Exception {
        CompletableFuture<AggregatedHttpResponse> stream =
                client(protocol).get("/endless").aggregate();
        asked.await();

        farewell.begin();
        farewell.say(isAlone, LONG);
        farewell.end(LIMIT);

        assertThatThrownBy(() -> stream.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(ClosedSessionException.class);
    }

    private void answerLater() {
        later().execute(() -> slow.complete(HttpResponse.of(HttpStatus.OK)));
    }

    /** After the drain of every connection. */
    private static Executor later() {
        return CompletableFuture.delayedExecutor(5 * Farewell.DRAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private WebClient client(String protocol) {
        return WebClient.of(protocol + "://127.0.0.1:" + port);
    }

    private static HttpClient http1() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }

    /** One whose request was answered, and whose connection is idle since. */
    private static Socket caller(Server server) throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort());
        caller.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
        caller.getOutputStream().write("GET / HTTP/1.1\r\nHost: node\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(caller.getInputStream().read()).isEqualTo('H');
        return caller;
    }

    private boolean isClosed() {
        try {
            connect(port);
            return false;
        } catch (ConnectException closed) {
            return true;
        } catch (IOException other) {
            throw new UncheckedIOException(other);
        }
    }

    private static void connect(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    /** What the answer to a request says of its connection. */
    private Optional<String> connection(HttpClient client) {
        var response = client.sendAsync(request("/"), BodyHandlers.discarding()).join();
        assertThat(response.statusCode()).isEqualTo(200);
        return response.headers().firstValue("connection");
    }
}

package io.orquestrax.server.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are slow, large, broken or gone. */
@Timeout(60)
class HttpLimitsTest {
    private static final int MAX_BYTES = 100_000;

    private final TestingSite site = new TestingSite();
    private final TestingConnectors connectors = with("10s");
    private final CountDownLatch testIsOver = new CountDownLatch(1);

    private static TestingConnectors with(String timeout) {
        return TestingConnectors.of(
                Map.of(
                        "connectors.http.timeout",
                        timeout,
                        "connectors.http.response-max-bytes",
                        String.valueOf(MAX_BYTES)),
                Map.of());
    }

    @AfterEach
    void close() {
        testIsOver.countDown();
        connectors.close();
        site.close();
    }

    @Test
    void saysThatAPackedBodyEndsTooEarly() {
        site.on("/short", (exchange, request) -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {0x1f, (byte) 0x8b});
            exchange.close();
        });

        WorkflowError error =
                connectors.httpFailure("{'method':'get','endpoint':{'uri':'" + site.url("/short") + "'}}");

        assertThat(error.detail()).endsWith("but: what it sent ended too early.");
    }

    @Test
    void takesAnswersUpToTheLimit() throws Exception {
        site.on("/", 200, "text/plain", "x".repeat(MAX_BYTES));

        assertThat(connectors.http(get("/")).textValue()).hasSize(MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAnAnswerThatIsTooLarge(boolean isLengthKnown) {
        site.on("/", (exchange, asked) -> {
            exchange.sendResponseHeaders(200, isLengthKnown ? MAX_BYTES + 1 : 0);
            exchange.getResponseBody().write(new byte[MAX_BYTES + 1]);
        });

        WorkflowError error = connectors.httpFailure(get("/"));

        assertCommunication(error, 500, "Response too large");
        assertThat(error.detail()).contains("at most " + MAX_BYTES + " bytes");
    }

    @Test
    void stopsReadingAnAnswerWithoutAnEnd() {
        site.on("/", (exchange, asked) -> {
            exchange.sendResponseHeaders(200, 0);
            while (testIsOver.getCount() > 0) {
                exchange.getResponseBody().write(new byte[8192]);
            }
        });

        assertCommunication(connectors.httpFailure(get("/")), 500, "Response too large");
    }

    @Test
    void unpacks() throws Exception {
        byte[] first = packed("pac".getBytes(StandardCharsets.UTF_8));
        byte[] second = packed("ked".getBytes(StandardCharsets.UTF_8));
        site.on("/", (exchange, asked) -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(first);
            exchange.getResponseBody().flush();
            exchange.getResponseBody().write(second);
        });

        assertThat(connectors
                        .http("{'method':'get','endpoint':'" + site.url("/") + "','output':'response'}")
                        .toString())
                .contains("\"content\":\"packed\"")
                .doesNotContain("content-encoding", "content-length");
        assertThat(site.asked().headers()).containsEntry("Accept-Encoding", "gzip");
    }

    @Test
    void stopsUnpackingABomb() throws Exception {
        byte[] bomb = packed(new byte[50_000_000]);
        assertThat(bomb).hasSizeLessThan(MAX_BYTES);
        site.on("/", (exchange, asked) -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, bomb.length);
            exchange.getResponseBody().write(bomb);
        });

        assertCommunication(connectors.httpFailure(get("/")), 500, "Response too large");
    }

    @Test
    void stopsReadingPackedBytesThatUnpackToNothing() throws Exception {
        byte[] nothing = packed(new byte[0]);
        site.on("/", (exchange, asked) -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (testIsOver.getCount() > 0) {
                body.write(nothing);
            }
        });

        assertThat(connectors.httpFailure(get("/")).detail()).contains("the packed body ");
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() {
        site.on("/", (exchange, asked) -> awaitEnd());
        try (TestingConnectors hasty = with("300ms")) {
            WorkflowError error = hasty.httpFailure(get("/"));

            assertCommunication(error, 500, "Call timed out");
            assertThat(error.detail()).contains("within 300 ms");
        }
    }

    @Test
    void givesUpOnAServerThatAnswersByteByByte() {
        site.on("/", (exchange, asked) -> {
            exchange.sendResponseHeaders(200, 0);
            while (!isOverAfter(20)) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            }
        });
        try (TestingConnectors hasty = with("500ms")) {
            assertCommunication(hasty.httpFailure(get("/")), 500, "Call timed out");
        }
    }

    @Test
    void isCancelledInTheMiddle() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        site.on("/", (exchange, asked) -> {
            reached.countDown();
            awaitEnd();
        });
        FutureTask<Object> call = new FutureTask<>(() -> connectors.http(get("/")));
        Thread thread = Thread.ofVirtual().start(call);
        assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();

        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        WorkflowError error = connectors.httpFailure("{'method':'get','endpoint':'http://127.0.0.1:" + port + "/'}");

        assertCommunication(error, 500, "Connection failed");
        assertThat(error.detail()).contains("Connection refused");
    }

    @Test
    void saysThatAServerHungUpOrSpeaksNoHttp() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String with = "{'method':'get','endpoint':'http://127.0.0.1:" + socket.getLocalPort() + "/'}";
            Thread.ofVirtual().start(() -> answer(socket, "", "SSH-2.0-OpenSSH\r\n\r\n"));

            assertCommunication(connectors.httpFailure(with), 500, "Connection broken");
            assertThat(connectors.httpFailure(with).title()).isIn("Malformed answer", "Connection broken");
        }
    }

    @Test
    void trustsNoCertificateThatNobodySigned(@TempDir Path directory) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(TestingCertificate.in(directory).context()));
        server.createContext("/", exchange -> {
            throw new IllegalStateException("Expected no request over a connection that nobody can trust");
        });
        server.start();
        try {
            WorkflowError error = connectors.httpFailure("{'method':'get','endpoint':'https://127.0.0.1:"
                    + server.getAddress().getPort() + "/'}");

            assertCommunication(error, 500, "TLS failed");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void trustsWhatTheOperatorAdds(@TempDir Path directory) throws Exception {
        TestingCertificate certificate = TestingCertificate.in(directory);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.createContext("/", exchange -> {
            TestingSite.send(exchange, 200, "text/plain", "secure");
            exchange.close();
        });
        server.start();
        try (TestingConnectors trusting = TestingConnectors.of(
                Map.of("connectors.tls.authorities", certificate.pem().toString()), Map.of())) {
            assertThat(trusting.http("{'method':'get','endpoint':'https://127.0.0.1:"
                            + server.getAddress().getPort() + "/'}"))
                    .hasToString("\"secure\"");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysThatAHostIsUnknown() {
        WorkflowError error = connectors.httpFailure("{'method':'get','endpoint':'http://nobody.invalid/'}");

        assertCommunication(error, 500, "Host not found");
        assertThat(error.detail()).contains("nobody.invalid");
    }

    @Test
    void connectionsAreUsedAgain() throws Exception {
        site.on(
                "/",
                (exchange, asked) -> TestingSite.send(
                        exchange,
                        200,
                        "text/plain",
                        String.valueOf(exchange.getRemoteAddress().getPort())));

        String first = connectors.http(get("/")).textValue();

        assertThat(connectors.http(get("/")).textValue()).isEqualTo(first);
    }

    private static void assertCommunication(WorkflowError error, int status, String title) {
        assertThat(error.type()).endsWith("/communication");
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.title()).isEqualTo(title);
    }

    private String get(String path) {
        return "{'method':'get','endpoint':{'uri':'" + site.url(path) + "'}}";
    }

    private void awaitEnd() {
        while (!isOverAfter(1000)) {
            Thread.onSpinWait();
        }
    }

    private boolean isOverAfter(int millis) {
        try {
            return testIsOver.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            return true;
        }
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(content);
        }
        return bytes.toByteArray();
    }

    /** One connection for each answer. */
    private static void answer(ServerSocket socket, String... answers) {
        for (String answer : answers) {
            try (Socket accepted = socket.accept()) {
                byte[] request = new byte[8192];
                assertThat(accepted.getInputStream().read(request)).isPositive();
                accepted.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException closed) {
                return;
            }
        }
    }
}

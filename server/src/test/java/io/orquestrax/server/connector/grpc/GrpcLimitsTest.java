package io.orquestrax.server.connector.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingCertificate;
import io.orquestrax.server.connector.http.TestingSite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are slow, large, gone, or not who they should be. */
@Timeout(60)
class GrpcLimitsTest {
    private final TestingSite site = TestingProtos.on(new TestingSite());
    private final TestingGreeter greeter = new TestingGreeter();

    @AfterEach
    void close() {
        greeter.close();
        site.close();
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() {
        WorkflowError error = failure("connectors.grpc.timeout", "300ms", "SayHello", "{'name':'wait'}");

        assertThat(error.status()).isEqualTo(504);
        assertThat(error.title()).isEqualTo("Call timed out");
    }

    @Test
    void refusesAMessageThatIsTooLarge() {
        WorkflowError error = failure("connectors.grpc.response-max-bytes", "100000", "SayHello", "{'name':'large'}");

        assertThat(error.title()).isEqualTo("Response too large");
    }

    @Test
    void stopsAStreamWithoutAnEnd() throws Exception {
        WorkflowError byCount = failure("connectors.grpc.messages-max", "50", "Count", "{'value':-1}");

        assertThat(byCount.title()).isEqualTo("Response too large");
        assertThat(byCount.detail()).contains("at most 50 messages");
        assertThat(greeter.cancelled().await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void boundsTheBytesOfAStream() {
        WorkflowError byBytes = failure("connectors.grpc.response-max-bytes", "500", "Count", "{'value':-1}");

        assertThat(byBytes.title()).isEqualTo("Response too large");
        assertThat(byBytes.detail()).contains("at most 500 bytes");
    }

    @Test
    void isCancelledInTheMiddle() throws Exception {
        try (TestingConnectors connectors = TestingConnectors.onThisMachine()) {
            FutureTask<Object> call = new FutureTask<>(
                    () -> connectors.call("grpc", with("SayHello", "{'name':'wait'}", greeter.port(), "")));
            Thread thread = Thread.ofVirtual().start(call);
            greeter.asked().take();

            thread.interrupt();

            assertThat(greeter.cancelled().await(20, TimeUnit.SECONDS)).isTrue();
            thread.join();
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (TestingConnectors connectors = TestingConnectors.onThisMachine()) {
            WorkflowError error = connectors.failure("grpc", with("SayHello", "{}", port, ""));

            assertThat(error.status()).isEqualTo(500);
            assertThat(error.title()).isEqualTo("Connection failed");
        }
    }

    @Test
    void saysThatAServerSpeaksNoGrpc() {
        try (TestingConnectors connectors = TestingConnectors.onThisMachine()) {
            WorkflowError error = connectors.failure("grpc", with("SayHello", "{}", site.port(), ""));

            assertThat(error.type()).endsWith("/communication");
        }
    }

    @Test
    void trustsNoCertificateThatNobodySigned(@TempDir Path directory) {
        TestingCertificate certificate = TestingCertificate.in(directory);
        try (TestingGreeter secure = new TestingGreeter(credentials(certificate));
                TestingConnectors connectors = TestingConnectors.onThisMachine()) {
            WorkflowError error =
                    connectors.failure("grpc", with("SayHello", "{'name':'Ada'}", secure.port(), ",'tls':true"));

            assertThat(error.status()).isEqualTo(500);
            assertThat(error.title()).isEqualTo("TLS failed");
            assertThat(secure.asked()).isEmpty();
        }
    }

    @Test
    void callsOverTlsWhomTheOperatorTrusts(@TempDir Path directory) throws Exception {
        TestingCertificate certificate = TestingCertificate.in(directory);
        try (TestingGreeter secure = new TestingGreeter(credentials(certificate));
                TestingConnectors connectors = TestingConnectors.of(
                        Map.of("connectors.tls.authorities", certificate.pem().toString()), Map.of())) {
            assertThat(connectors.call("grpc", with("SayHello", "{'name':'Ada'}", secure.port(), ",'tls':true")))
                    .hasToString("{\"text\":\"Hello Ada\"}");
        }
    }

    private static ServerCredentials credentials(TestingCertificate certificate) {
        return TlsServerCredentials.newBuilder().keyManager(certificate.keys()).build();
    }

    private WorkflowError failure(String setting, String value, String method, String arguments) {
        Map<String, String> settings = new HashMap<>();
        settings.put(setting, value);
        try (TestingConnectors connectors = TestingConnectors.of(settings, Map.of())) {
            return connectors.failure("grpc", with(method, arguments, greeter.port(), ""));
        }
    }

    private String with(String method, String arguments, int port, String more) {
        return "{'proto':{'endpoint':{'uri':'" + site.url("/protos/greeting/v1/greeter.proto")
                + "'}},'service':{'name':'greeting.v1.Greeter','host':'127.0.0.1','port':" + port + "},'method':'"
                + method + "','arguments':" + arguments + more + "}";
    }
}

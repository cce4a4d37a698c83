package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.asyncapi.TestingCalls.Settling;
import io.orquestrax.server.peer.PeerTls;
import io.orquestrax.server.peer.TestingCertificates;
import io.orquestrax.server.settings.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS to brokers that want a certificate of whoever calls. */
@Timeout(180)
class BrokerTlsTest {
    @TempDir
    private static Path keys;

    private static PeerTls tls;
    private static PeerTls strangers;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeKeys() throws Exception {
        tls = TestingCertificates.in(Files.createDirectory(keys.resolve("own")));
        strangers = TestingCertificates.in(Files.createDirectory(keys.resolve("strangers")));
    }

    @ParameterizedTest
    @CsvSource({"amqp, amqps", "kafka, kafka-secure", "mqtt, mqtts", "nats, tls"})
    void speaksToABrokerThatIsTrustedAndTrusts(String protocol, String secure) throws Exception {
        try (TestingBroker broker = TestingBroker.secured(protocol, directory, tls)) {
            String document = TestingCalls.THREE.replace(
                    "address: orders,", "address: orders, bindings: {amqp: {exchange: {name: all, type: topic}}},");
            try (TestingCalls calls = new TestingCalls(with(tls, tls))) {
                calls.describe(document, broker.port(), secure);
                FutureTask<JsonNode> taking = calls.take("'amount': 1", "i.1", new Settling());
                calls.publish("{'payload': {'id': 1}}", "i.2");
                assertThat(taking.get().findValuesAsText("id")).containsExactly("1");
            }
            try (TestingCalls calls = new TestingCalls(with(strangers, tls))) {
                calls.describe(document, broker.port(), secure);
                WorkflowError untrusted = calls.failureToPublish();
                assertThat(untrusted.type()).endsWith("/communication");
                if (!protocol.equals("nats")) {
                    // NATS's client may keep the reason to itself.
                    assertThat(untrusted.title()).isEqualTo("TLS failed");
                    assertThat(untrusted.detail()).contains("connectors.tls.authorities");
                }
            }
            try (TestingCalls calls = new TestingCalls(with(tls, strangers))) {
                calls.describe(document, broker.port(), secure);
                assertThat(calls.failureToPublish().type()).endsWith("/communication");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"amqp, amqps", "mqtt, mqtts", "nats, tls"})
    void aCertificateOfAnotherHostIsNone(String protocol, String secure) throws Exception {
        try (TestingBroker broker = TestingBroker.secured(protocol, directory, tls)) {
            Map<String, String> settings = new HashMap<>(with(tls, tls));
            settings.put("connectors.http.host-overrides", "other.test=http://127.0.0.1:" + broker.port());
            try (TestingCalls calls = new TestingCalls(settings)) {
                calls.describe(TestingCalls.THREE.replace("'127.0.0.1:", "'other.test:"), broker.port(), secure);

                WorkflowError error = calls.failureToPublish();

                assertThat(error.type()).endsWith("/communication");
                if (!protocol.equals("nats")) {
                    assertThat(error.title()).isEqualTo("TLS failed");
                    assertThat(error.detail()).contains("other.test");
                }
            }
        }
    }

    @Test
    void speaksToAServerOfWebSocketsThatIsTrusted() throws Exception {
        try (TestingSockets sockets = new TestingSockets(tls)) {
            try (TestingCalls calls = new TestingCalls(with(tls, tls))) {
                calls.describe(TestingCalls.THREE, sockets.port(), "wss");
                FutureTask<JsonNode> taking = calls.take("'amount': 1", "i.1", new Settling());
                calls.publish("{'payload': {'id': 1}}", "i.2");
                assertThat(taking.get().findValuesAsText("id")).containsExactly("1");
            }
            try (TestingCalls calls = new TestingCalls(with(strangers, tls))) {
                calls.describe(TestingCalls.THREE, sockets.port(), "wss");
                assertThat(calls.failureToPublish().title()).isEqualTo("TLS failed");
            }
            Map<String, String> settings = new HashMap<>(with(tls, tls));
            settings.put("connectors.http.host-overrides", "other.test=http://127.0.0.1:" + sockets.port());
            try (TestingCalls calls = new TestingCalls(settings)) {
                calls.describe(TestingCalls.THREE.replace("'127.0.0.1:", "'other.test:"), sockets.port(), "wss");
                WorkflowError error = calls.failureToPublish();
                assertThat(error.title()).isEqualTo("TLS failed");
                assertThat(error.detail()).contains("other.test");
            }
        }
    }

    @Test
    void refusesAKeyThatIsNone() {
        Map<String, String> settings = Map.of(
                "connectors.tls.certificate", tls.certificate().toString(),
                "connectors.tls.key", tls.certificate().toString());

        assertThatThrownBy(() -> TestingConnectors.of(settings, Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("connectors.tls.key")
                .hasMessageContaining("no private key");
    }

    /** Whose certificates are trusted, and whose is shown. */
    private static Map<String, String> with(PeerTls trusted, PeerTls shown) {
        return Map.of(
                "connectors.asyncapi.timeout", "20s",
                "connectors.tls.authorities", trusted.authorities().toString(),
                "connectors.tls.certificate", shown.certificate().toString(),
                "connectors.tls.key", shown.key().toString());
    }
}

package io.orquestrax.server.connector.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.asyncapi.TestingCalls.Settling;
import io.orquestrax.server.peer.PeerTls;
import io.orquestrax.server.peer.TestingCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka for those alone who prove who they are. */
@Timeout(180)
class KafkaLoginTest {
    /** As JSON has it. */
    private static final String ODD_PASSWORD = "s3\\\"cr\\\\3t";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "kafka-secure"})
    void provesWhoCallsByEachMechanism(String protocol) throws Exception {
        PeerTls tls = TestingCertificates.in(Files.createDirectory(directory.resolve("keys")));
        boolean isTls = protocol.equals("kafka-secure");
        Map<String, String> settings = new HashMap<>(Map.of("connectors.asyncapi.timeout", "20s"));
        if (isTls) {
            settings.put("connectors.tls.authorities", tls.authorities().toString());
        }
        try (TestingBroker broker = TestingBroker.kafkaWithLogins(directory, isTls ? tls : null)) {
            for (String mechanism : List.of("plain", "scramSha256", "scramSha512")) {
                String own = mechanism.equals("plain") ? login("plain", ODD_PASSWORD) : login("scram", "s3cr3t");
                String other = mechanism.equals("plain") ? login("scram", "s3cr3t") : login("plain", ODD_PASSWORD);
                try (TestingCalls calls = new TestingCalls(settings)) {
                    calls.describe(with(mechanism), broker.port(), protocol);
                    assertReaches(calls, own, mechanism + ".1");
                    assertRefused(calls, login(mechanism.equals("plain") ? "plain" : "scram", "wr0ng-value"));
                    // Who is known by another mechanism alone is not known by this one.
                    assertRefused(calls, other);
                }
            }
        }
    }

    private static void assertReaches(TestingCalls calls, String login, String key) throws Exception {
        FutureTask<JsonNode> taking =
                calls.take("/3", login + ", 'operation': 'take'", "'amount': 1", key, new Settling());
        calls.call("/3", login + ", 'operation': 'give', 'message': {'payload': {'id': 1}}", "i.2");
        assertThat(taking.get().findValuesAsText("id")).containsExactly("1");
    }

    private static void assertRefused(TestingCalls calls, String login) {
        WorkflowError error = calls.failure("/3", login + ", 'operation': 'give', 'message': {'payload': 1}");

        assertThat(error.type()).endsWith("/communication");
        assertThat(error.detail()).contains("Authentication failed").doesNotContain("wr0ng-value");
    }

    @Test
    void hasNoPlaceForATokenOfItsOwn() {
        try (TestingCalls calls = new TestingCalls(Map.of())) {
            calls.describe(TestingCalls.THREE, 9092, "kafka");

            WorkflowError error = calls.failure(
                    "/3",
                    "'authentication': {'bearer': {'token': 't0k3n-value'}}, 'operation': 'give', 'message': {'payload': 1}");

            assertThat(error.type()).endsWith("/configuration");
            assertThat(error.detail()).contains("user and password");
        }
    }

    private static String with(String mechanism) {
        return TestingCalls.THREE.replace("protocol: %2$s}", "protocol: %2$s, security: [{type: " + mechanism + "}]}");
    }

    private static String login(String user, String password) {
        return "'authentication': {'basic': {'username': '" + user + "', 'password': '" + password + "'}}";
    }
}

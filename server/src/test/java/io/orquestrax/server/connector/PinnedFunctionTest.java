package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.settings.ConnectorSettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A definition keeps the functions at URLs as they were when it was deployed. */
@Timeout(120)
class PinnedFunctionTest {
    private final AtomicReference<String> function = new AtomicReference<>("set: { from: first }");

    @Test
    void aRunNeverChangesBecauseARemoteFunctionDid() {
        try (TestingSite site = new TestingSite();
                TestingDatabase database = TestingPostgres.freshDatabase()) {
            site.on(
                    "/catalog/functions/f/1.0.0/function.yaml",
                    (exchange, asked) -> TestingSite.send(exchange, 200, "application/yaml", function.get()));
            byte[] definition = """
                    document: { dsl: '1.0.3', namespace: test, name: pinned, version: '1.0.0' }
                    use: { catalogs: { mine: { endpoint: '%s' } } }
                    do:
                    - call: { call: 'f:1.0.0@mine' }
                    """.formatted(site.url("/catalog")).getBytes(StandardCharsets.UTF_8);
            try (Node node = Node.start(settings(database, "127.0.0.1"), List.of())) {
                assertThat(deploy(node, definition)).isTrue();
                function.set("set: { from: second }");
                assertThat(run(node)).isEqualTo("{\"from\":\"first\"}");
            }
            try (Node node = Node.start(settings(database, "127.0.0.1"), List.of())) {
                assertThat(run(node)).isEqualTo("{\"from\":\"first\"}");
                assertThat(deploy(node, definition))
                        .as("the same definition again")
                        .isFalse();
                assertThat(run(node)).isEqualTo("{\"from\":\"first\"}");
            }
        }
    }

    @Test
    void whatIsReadWithASecretIsKeptAndTheSecretIsNot(@TempDir Path secrets) throws Exception {
        Files.writeString(secrets.resolve("reader"), "s3cr3t-of-the-catalog");
        try (TestingSite site = new TestingSite();
                TestingDatabase database = TestingPostgres.freshDatabase()) {
            TestingSite.Answer guarded = (exchange, asked) -> {
                boolean isKnown =
                        "Bearer s3cr3t-of-the-catalog".equals(asked.headers().get("Authorization"));
                boolean isSchema = asked.target().endsWith(".json");
                String body =
                        isSchema ? "{\"type\":\"object\",\"title\":\"for s3cr3t-of-the-catalog\"}" : function.get();
                TestingSite.send(exchange, isKnown ? 200 : 401, "application/yaml", isKnown ? body : "who are you?");
            };
            site.on("/catalog/", guarded).on("/schemas/", guarded);
            String definition = """
                    document: { dsl: '1.0.3', namespace: test, name: pinned, version: '1.0.0' }
                    use:
                      secrets: [ reader ]
                      catalogs:
                        mine:
                          endpoint: { uri: '%s', authentication: { bearer: { token: '${ $secrets.reader }' } } }
                    input:
                      schema:
                        resource: { endpoint: { uri: '%s', authentication: { bearer: { use: reader } } } }
                    do:
                    - call: { call: 'f:1.0.0@mine' }
                    """.formatted(site.url("/catalog"), site.url("/schemas/input.json"));
            byte[] bytes = definition.getBytes(StandardCharsets.UTF_8);
            Settings settings =
                    settings(database, "127.0.0.1").with(ConnectorSettingCatalog.SECRETS_DIRECTORY, secrets.toString());
            try (Node node = Node.start(settings, List.of())) {
                assertThat(deploy(node, bytes)).isTrue();
                function.set("set: { from: second }");
                assertThat(run(node)).isEqualTo("{\"from\":\"first\"}");

                String kept = String.valueOf(node.services()
                        .orchestration()
                        .definition(Caller.ANONYMOUS, "test", "pinned")
                        .resources());
                assertThat(kept).contains("for ***").doesNotContain("s3cr3t-of-the-catalog");
            }
            Files.writeString(secrets.resolve("reader"), "wrong-secret");
            try (Node node = Node.start(settings, List.of())) {
                assertThat(deploy(node, bytes))
                        .as("it is kept, and not read again")
                        .isFalse();
                byte[] next = definition
                        .replace("version: '1.0.0'", "version: '2.0.0'")
                        .getBytes(StandardCharsets.UTF_8);

                ServiceException refused = catchThrowableOfType(ServiceException.class, () -> deploy(node, next));

                assertThat(refused.violations())
                        .extracting(each -> each.pointer() + " " + each.code())
                        .contains("/do/0/call/call unavailable-resource");
                assertThat(refused.violations().getFirst().message())
                        .contains("401")
                        .doesNotContain("wrong-secret");
            }
        }
    }

    @Test
    void aFunctionIsReadOnlyFromHostsThatMayBeCalled() {
        try (TestingDatabase database = TestingPostgres.freshDatabase();
                Node node = Node.start(settings(database, ""), List.of())) {
            byte[] definition = """
                    document: { dsl: '1.0.3', namespace: test, name: pinned, version: '1.0.0' }
                    do:
                    - call: { call: 'http://127.0.0.1:9/f.yaml' }
                    """.getBytes(StandardCharsets.UTF_8);

            ServiceException refused = catchThrowableOfType(ServiceException.class, () -> deploy(node, definition));

            assertThat(refused.violations().getFirst().message()).contains("127.0.0.1:9 may not");
        }
    }

    private static boolean deploy(Node node, byte[] definition) {
        return node.services()
                .orchestration()
                .deploy(Caller.ANONYMOUS, definition)
                .isNew();
    }

    private static String run(Node node) {
        Orchestration orchestration = node.services().orchestration();
        StartRequest request = new StartRequest("test", "pinned", null, null, Json.NODES.objectNode(), Map.of());
        UUID id =
                orchestration.start(Caller.ANONYMOUS, request).join().instance().id();
        return String.valueOf(orchestration
                .await(Caller.ANONYMOUS, id, Duration.ofSeconds(60))
                .join()
                .output());
    }

    private static Settings settings(TestingDatabase database, String allowed) {
        return Settings.load(
                null,
                Map.of(),
                Map.of(
                        "port",
                        "0",
                        "partitions",
                        "2",
                        "connectors.http.hosts.allowed",
                        allowed,
                        "postgres.url",
                        database.url(),
                        "postgres.user",
                        database.user(),
                        "postgres.password",
                        database.password()));
    }
}

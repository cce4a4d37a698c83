package io.orquestrax.server.connector;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Deployment;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceRow;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A database for nodes that run one workflow each of the namespace {@code test}. */
public final class TestingRuns implements AutoCloseable {
    private final TestingDatabase database = TestingPostgres.freshDatabase();

    /** May call this machine. */
    public Map<String, String> flags(Map<String, String> more) {
        Map<String, String> flags = new HashMap<>(Map.of(
                "port", "0",
                "partitions", "2",
                "worker.unclaimed-grace", "200ms",
                "connectors.http.hosts.allowed", "127.0.0.1",
                "postgres.url", database.url(),
                "postgres.user", database.user(),
                "postgres.password", database.password()));
        flags.putAll(more);
        return flags;
    }

    public Node node(Map<String, String> settings) {
        return Node.start(Settings.load(null, Map.of(), flags(settings)), List.of());
    }

    /**
     * @param body of the document, after its header
     */
    public static Deployment deploy(Node node, String name, String body) {
        String definition = "document: {dsl: '1.0.3', namespace: test, name: " + name + ", version: '1.0.0'}\n" + body;
        return node.services().orchestration().deploy(Caller.ANONYMOUS, definition.getBytes(StandardCharsets.UTF_8));
    }

    public static UUID start(Node node, String name) {
        StartRequest request = new StartRequest("test", name, null, null, Json.NODES.objectNode(), Map.of());
        return orchestration(node)
                .start(Caller.ANONYMOUS, request)
                .join()
                .instance()
                .id();
    }

    public static InstanceRow await(Node node, UUID instance) {
        return orchestration(node)
                .await(Caller.ANONYMOUS, instance, Duration.ofSeconds(100))
                .join();
    }

    /** That tasks of an instance started. */
    public static List<InstanceRow> children(Node node, UUID parent) {
        return List.copyOf(orchestration(node)
                .instances(Caller.ANONYMOUS, new InstanceFilter(Set.of(), null, null, null, parent), 100, null)
                .items());
    }

    /** All of a definition. */
    public static List<InstanceRow> instances(Node node, String name) {
        return List.copyOf(orchestration(node)
                .instances(Caller.ANONYMOUS, new InstanceFilter(Set.of(), "test", name, null), 100, null)
                .items());
    }

    /** To the database, past every node. */
    public Connection connect() throws SQLException {
        return database.database().connect();
    }

    public static Orchestration orchestration(Node node) {
        return node.services().orchestration();
    }

    @Override
    public void close() {
        database.close();
    }
}

package io.orquestrax.server.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Two nodes that share the partitions of a database, one of which goes, and a sink for what both have to tell. */
final class TestingPair implements AutoCloseable {
    private static final int PARTITIONS = 8;

    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final HttpServer sink;
    private final String lifecycle;

    /** What the sink took, by path; a node whose list is not there is turned away. */
    private final Map<String, List<JsonNode>> taken = new ConcurrentHashMap<>();

    private final TestingNode stays;
    private final TestingNode goes;

    /** How a node goes. */
    enum Departure {
        /** As after SIGKILL: nobody hears of it any more. */
        KILLED {
            @Override
            void of(TestingNode node) {
                node.kill();
            }
        },
        LEFT {
            @Override
            void of(TestingNode node) {
                node.close();
            }
        };

        abstract void of(TestingNode node);
    }

    /**
     * @param lifecycle of what it is told to the sink
     */
    TestingPair(String lifecycle) throws IOException {
        this.lifecycle = lifecycle;
        sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        sink.createContext("/", this::take);
        sink.start();
        stays = node("/stays");
        goes = node("/goes");
        TestingNode.until("both have a share", () -> served(stays) == 4 && served(goes) == 4);
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode event = Json.read(exchange.getRequestBody().readAllBytes());
        List<JsonNode> ofNode = taken.get(exchange.getRequestURI().getPath());
        if (ofNode != null) {
            ofNode.add(event);
        }
        exchange.sendResponseHeaders(ofNode == null ? 503 : 202, -1);
        exchange.close();
    }

    private TestingNode node(String path) {
        String address = "events=http://127.0.0.1:" + sink.getAddress().getPort() + path;
        return TestingNode.on(
                database,
                Settings.load(
                        null,
                        Map.of(),
                        Map.of(
                                "partitions",
                                String.valueOf(PARTITIONS),
                                "cluster.heartbeat",
                                "200ms",
                                "cluster.stale-after",
                                "2s",
                                "events.sinks",
                                address,
                                "events.lifecycle",
                                lifecycle)));
    }

    private static int served(TestingNode node) {
        return node.partitions().serving().size();
    }

    TestingNode stays() {
        return stays;
    }

    TestingNode goes() {
        return goes;
    }

    /**
     * From now on the sink takes what these nodes tell.
     *
     * @param paths /stays, /goes
     * @param events where it is to be added, in the order in which it comes
     */
    void takeFrom(List<String> paths, List<JsonNode> events) {
        paths.forEach(path -> taken.put(path, events));
    }

    UUID start(String name, String input) {
        return stays.orchestration()
                .start(TestingNode.CALLER, TestingNode.request(name, null, input))
                .join()
                .instance()
                .id();
    }

    long number(String sql) {
        return database.database().with("count", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    void execute(String sql) {
        database.database().with("change a table", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Override
    public void close() {
        goes.close();
        stays.close();
        sink.stop(0);
        database.close();
    }
}

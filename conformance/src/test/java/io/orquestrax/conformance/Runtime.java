package io.orquestrax.conformance;

import io.orquestrax.server.connector.container.TestingEngine;
import io.orquestrax.server.connector.rpc.TestingMcpServer;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.partition.MemoryPolicy;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node on a database of its own, which can be started again. */
final class Runtime implements AutoCloseable {
    /** What the stand-in stands in for: the host that scenarios call, and those of the specification's documents. */
    private static final List<String> HOSTS = List.of(
            "service.test",
            "petstore.swagger.io",
            "httpbin.org",
            "swapi.dev",
            "superbet-casinos.com",
            "fake.com",
            "example.com",
            "external-service.example.com",
            "keycloak",
            "raw.githubusercontent.com",
            "hospital.example.com",
            "fake-hospital.com",
            "fake-chat-api.com",
            "virtual-wf-powered-race.com");

    private static final Path MCP_SERVER = TestingMcpServer.program();

    private final Mode mode;
    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final StandIn services = new StandIn();
    private final TestingEngine engine = new TestingEngine();
    private final GreeterStandIn greeter = new GreeterStandIn();
    private final SocketsStandIn sockets = new SocketsStandIn();
    private final Path secrets;
    private final Path files;
    private Node node;
    private Api api;
    private int port;

    /** What becomes of an instance between two events. */
    enum Mode {
        /** It stays in memory as in production. */
        REMEMBERS,
        /** It is dropped, and rebuilt from its history for each event. */
        FORGETS
    }

    Runtime(Mode mode) {
        this.mode = mode;
        try {
            secrets = Files.createTempDirectory("orquestrax-secrets");
            files = Files.createTempDirectory("orquestrax-files");
            Files.writeString(Files.createDirectory(files.resolve("app")).resolve("greet.proto"), GreeterStandIn.PROTO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node = startNode(null);
        port = node.port();
        api = new Api(address() + "/api/v1");
    }

    Api api() {
        return api;
    }

    StandIn services() {
        return services;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    void secret(String name, String value) {
        try {
            Files.writeString(secrets.resolve(name), value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restart() {
        node.close();
        node = startNode(port);
    }

    private Node startNode(@Nullable Integer samePort) {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("port", samePort == null ? "0" : String.valueOf(samePort));
        flags.put("partitions", "4");
        flags.put("drain.limit", "5s");
        flags.put("worker.grace", "1s");
        flags.put("worker.unclaimed-grace", "500ms");
        flags.put("connectors", "http,openapi,grpc,mcp,a2a,asyncapi,shell,script,container");
        flags.put("connectors.mcp.commands", "npx=" + MCP_SERVER);
        flags.put("connectors.container.engine", engine.address());
        flags.put("secrets.directory", secrets.toString());
        flags.put("connectors.files.directory", files.toString());
        flags.put(
                "connectors.http.host-overrides",
                HOSTS.stream().map(host -> host + "=" + services.url()).collect(Collectors.joining(","))
                        + ",localhost:5011=" + greeter.url() + ",sockets.test=" + sockets.url());
        flags.put("postgres.url", database.url());
        flags.put("postgres.user", database.user());
        flags.put("postgres.password", database.password());
        if (mode == Mode.FORGETS) {
            flags.put("snapshots.interval", "3");
        }
        MemoryPolicy memory = mode == Mode.FORGETS ? MemoryPolicy.FORGET_ALL : MemoryPolicy.KEEP_BUSY;
        return Node.start(Settings.load(null, Map.of(), flags), List.of(), memory);
    }

    @Override
    public void close() {
        api.close();
        node.close();
        services.close();
        engine.close();
        greeter.close();
        sockets.close();
        database.close();
        delete(secrets);
        delete(files);
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

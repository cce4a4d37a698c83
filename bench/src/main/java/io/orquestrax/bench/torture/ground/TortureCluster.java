package io.orquestrax.bench.torture.ground;

import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.Sql;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * PostgreSQL, nodes and workers as processes of their own, in one directory, on loopback, with a proxy on every way
 * between them.
 */
public final class TortureCluster implements AutoCloseable {
    private static final Duration WHOLE_LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Path directory;
    private final Database database;
    private final HttpClient probe = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(500))
            .build();
    private final CopyOnWriteArrayList<TortureNode> nodes = new CopyOnWriteArrayList<>();
    private final List<TortureWorker> workers = new ArrayList<>();
    private final List<TcpProxy> clientDoors = new CopyOnWriteArrayList<>();
    private final Balancer balancer = new Balancer(nodes);
    private final TcpProxy operatorDoor = newFrontDoor("operator");
    private int nodesMade;

    private TortureCluster(Path directory, Database database) {
        this.directory = directory;
        this.database = database;
    }

    /**
     * Starts all of it, and returns when it works.
     *
     * @param directory holds the database, the logs and what the workers remember
     */
    public static TortureCluster start(Path directory, int nodes, int workers)
            throws SQLException, InterruptedException {
        TortureCluster cluster = new TortureCluster(directory, Database.start(directory.resolve("postgres")));
        try {
            cluster.startAll(nodes, workers);
            return cluster;
        } catch (SQLException | InterruptedException | RuntimeException failed) {
            cluster.close();
            throw failed;
        }
    }

    private void startAll(int nodeCount, int workerCount) throws SQLException, InterruptedException {
        // The first one makes the tables that the witness watches.
        TortureNode first = newNode();
        first.start();
        first.awaitReady();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Sql.file(TortureCluster.class, "witness.sql"));
        }
        first.leave();
        first.start();
        for (int index = 1; index < nodeCount; index++) {
            newNode().start();
        }
        for (TortureNode node : nodes) {
            node.awaitReady();
        }
        for (int index = 1; index <= workerCount; index++) {
            TortureWorker worker = new TortureWorker("worker-" + index, directory, newFrontDoor("worker-" + index));
            workers.add(worker);
            worker.start();
        }
        for (TortureWorker worker : workers) {
            worker.awaitReady();
        }
    }

    /** The address of a door of one client: each connection leads to a node that is ready. */
    public String openClientDoor(String name) {
        TcpProxy door = newFrontDoor(name);
        clientDoors.add(door);
        return door.address();
    }

    /** The addresses of the nodes themselves. */
    public List<String> nodeAddresses() {
        return nodes.stream().map(node -> node.apiDoor().address()).toList();
    }

    public int partitions() {
        return TortureNode.PARTITIONS;
    }

    /** The door of whoever gives commands; no fault is about it. */
    public String operatorAddress() {
        return operatorDoor.address();
    }

    /** To the database, past every proxy. */
    public Connection connect() throws SQLException {
        return database.connect();
    }

    public Path directory() {
        return directory;
    }

    /**
     * Waits until every node is ready and owns a share, and every partition is owned by one of them.
     *
     * @return whether that came to be within the limit
     */
    public boolean becomesWhole() throws InterruptedException {
        return comesTrue(() -> nodes.stream().allMatch(TortureNode::isReady) && isSharedAmongAll());
    }

    /** Waits until a node owns nothing any more. */
    void awaitEmpty(TortureNode node) throws InterruptedException {
        if (!comesTrue(() -> owners().stream().noneMatch(node.application()::equals))) {
            throw new IllegalStateException("Expected " + node.name() + " to be empty, but it owns partitions");
        }
    }

    /** As the command line does it, through whichever node answers. */
    void command(TortureNode node, String action) {
        var _ = new RestApi(operatorDoor.address())
                .post(Route.of("cluster", "nodes", idOf(node)).action(action), Json.NODES.objectNode());
    }

    private String idOf(TortureNode node) {
        List<String> ids = texts("node-id.sql", node.apiDoor().address());
        if (ids.size() != 1) {
            throw new IllegalStateException("Expected one row of " + node.name() + ", but got " + ids);
        }
        return ids.getFirst();
    }

    private boolean isSharedAmongAll() {
        Set<String> living = nodes.stream().map(TortureNode::application).collect(Collectors.toSet());
        return Set.copyOf(owners()).equals(living);
    }

    /** The process that owns each partition, empty for none; nothing at all while the database is away. */
    private List<String> owners() {
        return texts("owners.sql");
    }

    private List<String> texts(String file, String... parameters) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(Sql.file(TortureCluster.class, file))) {
            for (int index = 0; index < parameters.length; index++) {
                query.setString(index + 1, parameters[index]);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        } catch (SQLException notNow) {
            return List.of();
        }
    }

    private static boolean comesTrue(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + WHOLE_LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL);
        }
        return true;
    }

    Database database() {
        return database;
    }

    List<TortureNode> nodes() {
        return nodes;
    }

    List<TortureWorker> workers() {
        return workers;
    }

    /** A further one, not started. */
    TortureNode newNode() {
        nodesMade++;
        TortureNode node = new TortureNode("node-" + nodesMade, directory, database, probe);
        nodes.add(node);
        return node;
    }

    void remove(TortureNode node) {
        nodes.remove(node);
        node.close();
    }

    /** The doors of clients and workers. */
    List<TcpProxy> frontDoors() {
        List<TcpProxy> doors = new ArrayList<>(clientDoors);
        workers.forEach(worker -> doors.add(worker.door()));
        return doors;
    }

    private TcpProxy newFrontDoor(String name) {
        return TcpProxy.open(name, balancer::next);
    }

    @Override
    public void close() {
        balancer.close();
        workers.forEach(TortureWorker::close);
        nodes.forEach(TortureNode::close);
        clientDoors.forEach(TcpProxy::close);
        operatorDoor.close();
        database.close();
        probe.close();
    }
}

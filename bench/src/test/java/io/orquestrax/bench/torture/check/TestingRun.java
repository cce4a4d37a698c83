package io.orquestrax.bench.torture.check;

import io.orquestrax.bench.torture.ground.FaultTrace;
import io.orquestrax.bench.torture.ground.TortureCluster;
import io.orquestrax.bench.torture.load.Acknowledgement;
import io.orquestrax.bench.torture.load.ClientRecord.FailedCall;
import io.orquestrax.bench.torture.load.ExecutionLog.Execution;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import io.orquestrax.store.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A run as a test wants it to have been: a database with the bench's witness, and what was remembered outside of it. */
final class TestingRun implements AutoCloseable {
    static final String NODE = "node-1.1";
    static final int PARTITION = 0;

    private static final String TEMPLATE = "planted";

    private final Server server;
    private final String name;
    private final Connection connection;
    private final List<Acknowledgement> acknowledgements = new ArrayList<>();
    private final List<Execution> executions = new ArrayList<>();
    private final List<FailedCall> failures = new ArrayList<>();
    private final List<FaultTrace> faults = new ArrayList<>();

    private TestingRun(Server server, String name) throws SQLException {
        this.server = server;
        this.name = name;
        this.connection = server.connect(name);
    }

    /** A server whose databases are runs; one partition, which {@link #NODE} owns. */
    static final class Server implements AutoCloseable {
        private final EmbeddedPostgres postgres;
        private int runs;

        private Server(EmbeddedPostgres postgres) {
            this.postgres = postgres;
        }

        static Server start(Path directory) throws SQLException {
            try (EmbeddedPostgres first = EmbeddedPostgres.start(directory);
                    Connection connection =
                            DriverManager.getConnection(first.jdbcUrl(), first.user(), first.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("ALTER SYSTEM SET track_commit_timestamp = on");
                statement.execute("CREATE DATABASE " + TEMPLATE);
            }
            Server server = new Server(EmbeddedPostgres.start(directory));
            Database.open(server.url(TEMPLATE), server.postgres.user(), server.postgres.password(), 1)
                    .close();
            try (Connection connection = server.connect(TEMPLATE);
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO orquestrax.partition (id) VALUES (" + PARTITION + ")");
                statement.execute(Sql.file(TortureCluster.class, "witness.sql"));
                statement.execute("SET application_name = '" + NODE + "'");
                statement.execute("UPDATE orquestrax.partition SET epoch = epoch + 1, owner = 'a'");
            }
            return server;
        }

        TestingRun run() throws SQLException {
            String name = "run_" + ++runs;
            try (Connection connection =
                            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
            }
            return new TestingRun(this, name);
        }

        private Connection connect(String database) throws SQLException {
            return DriverManager.getConnection(url(database), postgres.user(), postgres.password());
        }

        private String url(String database) {
            String url = postgres.jdbcUrl();
            return url.substring(0, url.lastIndexOf('/') + 1) + database;
        }

        @Override
        public void close() {
            postgres.close();
        }
    }

    /** As if this process did what comes next. */
    TestingRun as(String application) throws SQLException {
        return does("SET application_name = '" + application + "'");
    }

    TestingRun does(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return this;
    }

    /** Also what the database itself would refuse. */
    TestingRun forces(String sql) throws SQLException {
        does("SET session_replication_role = replica");
        does(sql);
        return does("SET session_replication_role = origin");
    }

    /** Its row and its events, in one transaction. */
    TestingRun has(TestingHistory history) throws SQLException {
        return has(history.evidence());
    }

    TestingRun has(InstanceEvidence instance) throws SQLException {
        connection.setAutoCommit(false);
        insert(instance);
        insertEvents(instance);
        connection.commit();
        connection.setAutoCommit(true);
        return this;
    }

    TestingRun told(Acknowledgement acknowledgement) {
        acknowledgements.add(acknowledgement);
        return this;
    }

    TestingRun executed(String... jobs) {
        for (String job : jobs) {
            executions.add(new Execution(job, "worker-1"));
        }
        return this;
    }

    TestingRun failed(FaultTrace fault, FailedCall call) {
        faults.add(fault);
        failures.add(call);
        return this;
    }

    Findings findings() throws SQLException {
        try (Connection reading = server.connect(name)) {
            return Checker.check(reading, new Evidence(faults, acknowledgements, failures, List.of(), executions));
        }
    }

    private void insert(InstanceEvidence instance) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("""
                INSERT INTO orquestrax.instance
                    (id, partition, namespace, name, version, content_hash, key, status, started_at, updated_at,
                     closed_at, input, output, tags)
                VALUES (?, ?, 'torture', ?, '1.0.0', '', ?, ?, ?, ?, ?, ?::json, ?::json, '{}')
                """)) {
            row.setObject(1, UUID.fromString(instance.id()));
            row.setInt(2, PARTITION);
            row.setString(3, instance.definition());
            row.setString(4, instance.key());
            row.setString(5, instance.status());
            row.setTimestamp(6, Timestamp.from(instance.startedAt()));
            row.setTimestamp(7, Timestamp.from(instance.startedAt()));
            row.setTimestamp(8, instance.closedAt() == null ? null : Timestamp.from(instance.closedAt()));
            row.setString(9, String.valueOf(instance.input()));
            row.setString(10, instance.output() == null ? null : String.valueOf(instance.output()));
            row.executeUpdate();
        }
    }

    private void insertEvents(InstanceEvidence instance) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("""
                INSERT INTO orquestrax.event (instance_id, sequence, time, activation, attempt, type, data)
                VALUES (?, ?, ?, ?, ?, ?, ?::json)
                """)) {
            for (EventEvidence event : instance.events()) {
                row.setObject(1, UUID.fromString(instance.id()));
                row.setLong(2, event.sequence());
                row.setTimestamp(3, Timestamp.from(event.at()));
                row.setLong(4, event.activation());
                row.setInt(5, event.attempt());
                row.setString(6, event.type());
                row.setString(7, data(event));
                row.executeUpdate();
            }
        }
    }

    private static String data(EventEvidence event) {
        var data = Json.NODES.objectNode();
        if (event.executed() != null) {
            data.put("executed", event.executed());
        }
        if (event.due() != null) {
            data.put("due", event.due().toString());
        }
        if (event.position() != null) {
            data.put("position", event.position());
        }
        return Json.write(data);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

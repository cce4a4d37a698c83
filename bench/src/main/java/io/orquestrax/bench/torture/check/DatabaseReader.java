package io.orquestrax.bench.torture.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the database past every node, all of it as it was at one moment. */
final class DatabaseReader {
    private static final int FETCH_ROWS = 2_000;

    private final Connection connection;

    /** @param connection only for this reader; its transaction is */
    DatabaseReader(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
    }

    /** Each instance of the load with its history, by id. */
    void instances(Consumer<InstanceEvidence> consumer) throws SQLException {
        try (PreparedStatement instances = prepare("instances.sql");
                PreparedStatement events = prepare("events.sql");
                ResultSet instance = instances.executeQuery();
                ResultSet event = events.executeQuery()) {
            boolean hasEvent = event.next();
            while (instance.next()) {
                String id = instance.getString(1);
                List<EventEvidence> history = new ArrayList<>();
                while (hasEvent && event.getString(1).compareTo(id) <= 0) {
                    if (event.getString(1).equals(id)) {
                        history.add(event(event));
                    }
                    hasEvent = event.next();
                }
                consumer.accept(instance(instance, history));
            }
        }
    }

    List<Claim> claims() throws SQLException {
        List<Claim> claims = new ArrayList<>();
        try (PreparedStatement query = prepare("claims.sql");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                claims.add(new Claim(
                        row.getInt(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()));
            }
        }
        return claims;
    }

    List<Commit> commits() throws SQLException {
        List<Commit> commits = new ArrayList<>();
        try (PreparedStatement query = prepare("commits.sql");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                commits.add(new Commit(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant()));
            }
        }
        return commits;
    }

    /** Batches that left no event behind, each as a commit of no partition. */
    List<Commit> emptyBatches() throws SQLException {
        List<Commit> batches = new ArrayList<>();
        try (PreparedStatement query = prepare("empty-batches.sql");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                batches.add(new Commit(
                        -1,
                        row.getString(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant()));
            }
        }
        return batches;
    }

    /** Source and id of each event that is kept, with a blank between. */
    Set<String> cloudEvents() throws SQLException {
        Set<String> events = new HashSet<>();
        try (PreparedStatement query = prepare("cloud-events.sql");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                events.add(row.getString(1) + " " + row.getString(2));
            }
        }
        return events;
    }

    /** What should have gone with what it belonged to. */
    List<Violation> leftovers() throws SQLException {
        List<Violation> violations = new ArrayList<>();
        try (PreparedStatement query = prepare("leftovers.sql");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                violations.add(new Violation(Checker.NOTHING_LEFT, row.getString(2), row.getString(1)));
            }
        }
        return violations;
    }

    private PreparedStatement prepare(String file) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(Sql.file(DatabaseReader.class, file));
        statement.setFetchSize(FETCH_ROWS);
        return statement;
    }

    private static InstanceEvidence instance(ResultSet row, List<EventEvidence> history) throws SQLException {
        return new InstanceEvidence(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                tree(row.getString(6)),
                tree(row.getString(7)),
                row.getString(8),
                row.getTimestamp(9).toInstant(),
                instant(row.getTimestamp(10)),
                history);
    }

    private static EventEvidence event(ResultSet row) throws SQLException {
        String executed = row.getString(8);
        String due = row.getString(9);
        String position = row.getString(10);
        return new EventEvidence(
                row.getLong(2),
                row.getString(3),
                row.getTimestamp(4).toInstant(),
                row.getTimestamp(5).toInstant(),
                row.getLong(6),
                row.getInt(7),
                executed == null ? null : Integer.valueOf(executed),
                due == null ? null : Instant.parse(due),
                position == null ? null : Long.valueOf(position));
    }

    private static @Nullable JsonNode tree(@Nullable String text) {
        return text == null ? null : Json.readTrusted(text);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}

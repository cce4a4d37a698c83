package io.orquestrax.cli.torture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the database holds, read past every node. */
final class Ledger {
    /** One line for each instance whose history is not what a completed instance of three calls must have. */
    private static final String BROKEN_HISTORIES = """
            SELECT i.id || ': ' || count(e.sequence) || ' events, from ' || min(e.sequence) || ' to ' || max(e.sequence)
                || ', began with ' || (array_agg(e.type ORDER BY e.sequence))[1]
                || ', ended with ' || (array_agg(e.type ORDER BY e.sequence DESC))[1]
            FROM orquestrax.instance i LEFT JOIN orquestrax.event e ON e.instance_id = i.id
            GROUP BY i.id
            HAVING count(e.sequence) <> coalesce(max(e.sequence), 0)
                OR coalesce(min(e.sequence), 0) <> 1
                OR (array_agg(e.type ORDER BY e.sequence))[1] IS DISTINCT FROM 'InstanceStarted'
                OR (array_agg(e.type ORDER BY e.sequence DESC))[1] IS DISTINCT FROM 'InstanceCompleted'
            """;

    /** One line for each instance in which not every one of three activations completed exactly once. */
    private static final String WRONG_COMPLETIONS = """
            SELECT i.id || ': ' || count(c.sequence) || ' completions of ' || count(DISTINCT c.activation) || ' activations'
            FROM orquestrax.instance i
                LEFT JOIN orquestrax.event c ON c.instance_id = i.id AND c.type = 'TaskCompleted'
            GROUP BY i.id
            HAVING count(c.sequence) <> 3 OR count(DISTINCT c.activation) <> 3
            """;

    /** One line for each output that lacks a step's mark, or belongs to another input. */
    private static final String WRONG_OUTPUTS = """
            SELECT id || ': ' || coalesce(output::text, 'none')
            FROM orquestrax.instance
            WHERE output IS NULL
                OR output::jsonb <> input::jsonb || '{"first":true,"second":true,"third":true}'
            """;

    private final Connection connection;

    Ledger(Connection connection) {
        this.connection = connection;
    }

    Map<String, String> statuses() throws SQLException {
        Map<String, String> statuses = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT id::text, status FROM orquestrax.instance");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                statuses.put(rows.getString(1), rows.getString(2));
            }
        }
        return statuses;
    }

    long openInstances() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT count(*) FROM orquestrax.instance WHERE closed_at IS NULL");
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    List<String> brokenHistories() throws SQLException {
        return lines(BROKEN_HISTORIES);
    }

    List<String> wrongCompletions() throws SQLException {
        return lines(WRONG_COMPLETIONS);
    }

    List<String> wrongOutputs() throws SQLException {
        return lines(WRONG_OUTPUTS);
    }

    private List<String> lines(String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}

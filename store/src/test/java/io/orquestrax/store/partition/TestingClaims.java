package io.orquestrax.store.partition;

import io.orquestrax.store.Database;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Claims for tests whose nodes have no rows, and so count as dead as soon as another wants what they own. */
public final class TestingClaims {
    private TestingClaims() {}

    /** Makes the node the owner of all partitions; epoch by partition. */
    public static Map<Integer, Long> all(Database database, String node) {
        return new PartitionRegister(database).claim(node, epochs(database), Duration.ofSeconds(3));
    }

    /** As they are now. */
    public static Map<Integer, Long> epochs(Database database) {
        return database.with("read the epochs", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id, epoch FROM orquestrax.partition")) {
                Map<Integer, Long> epochs = new TreeMap<>();
                while (rows.next()) {
                    epochs.put(rows.getInt(1), rows.getLong(2));
                }
                return epochs;
            }
        });
    }
}

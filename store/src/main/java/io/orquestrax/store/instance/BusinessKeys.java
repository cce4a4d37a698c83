package io.orquestrax.store.instance;

import io.orquestrax.store.Database;
import io.orquestrax.store.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The keys of open instances: at most one open instance of a definition's (namespace, name) holds a key. */
public final class BusinessKeys {
    private static final String RESERVE = Sql.file(BusinessKeys.class, "reserve-key.sql");
    private static final String RELEASE = Sql.file(BusinessKeys.class, "release-key.sql");
    private static final String SEPARATOR = ",";

    private final Database database;

    public BusinessKeys(Database database) {
        this.database = database;
    }

    /**
     * Who holds the key now.
     *
     * @param instance the one given, or another that held the key before
     * @param sameRequest whether it was reserved with the same fingerprint
     * @param isNew whether this call reserved it
     */
    public record Holder(UUID instance, boolean sameRequest, boolean isNew) {}

    /**
     * Durable when it returns; released by the journal when the instance closes.
     *
     * @param fingerprint of the definition's version and the input
     */
    public Holder reserve(String namespace, String name, String key, UUID instance, String fingerprint) {
        return reserve(namespace, name, key, instance, List.of(fingerprint));
    }

    /**
     * Durable when it returns; released by the journal when the instance closes.
     *
     * @param fingerprints of the requests that shall count as the same; the first is this one's
     */
    public Holder reserve(String namespace, String name, String key, UUID instance, List<String> fingerprints) {
        return database.with("reserve the key \"" + key + "\" of " + namespace + "/" + name, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
                bind(statement, namespace, name, key, instance);
                statement.setString(5, String.join(SEPARATOR, fingerprints));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return new Holder(
                            row.getObject("instance_id", UUID.class),
                            List.of(row.getString("fingerprint").split(SEPARATOR))
                                    .contains(fingerprints.getFirst()),
                            row.getBoolean("is_new"));
                }
            }
        });
    }

    /** Of no effect while the instance is open. */
    public void release(String namespace, String name, String key, UUID instance) {
        database.with("release the key \"" + key + "\" of " + namespace + "/" + name, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
                bind(statement, namespace, name, key, instance);
                return statement.executeUpdate();
            }
        });
    }

    private static void bind(PreparedStatement statement, String namespace, String name, String key, UUID instance)
            throws SQLException {
        statement.setString(1, namespace);
        statement.setString(2, name);
        statement.setString(3, key);
        statement.setObject(4, instance);
    }
}

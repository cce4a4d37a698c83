package io.orquestrax.store.definition;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.store.Database;
import io.orquestrax.store.Page;
import io.orquestrax.store.PageToken;
import io.orquestrax.store.Sql;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The deployed definitions. */
public final class Definitions {
    private static final String LOCK_NAME = Sql.file(Definitions.class, "lock-name.sql");
    private static final String DEPLOY = Sql.file(Definitions.class, "deploy.sql");
    private static final String CONTENT_HASH = Sql.file(Definitions.class, "content-hash.sql");
    private static final String FIND = Sql.file(Definitions.class, "find.sql");
    private static final String FIND_HIGHEST = Sql.file(Definitions.class, "find-highest.sql");
    private static final String LIST = Sql.file(Definitions.class, "list.sql");
    private static final String REFERRING = Sql.file(Definitions.class, "referring.sql");
    private static final String REFERRING_COUNTS = Sql.file(Definitions.class, "referring-counts.sql");
    private static final int POSITION_PARTS = 4;

    private final Database database;

    public Definitions(Database database) {
        this.database = database;
    }

    /** What became of a deployment. */
    public enum Deployed {
        CREATED,
        UNCHANGED,
        /** The version is there with other content; nothing changed. */
        CONFLICT
    }

    /** What else becomes durable with a definition. */
    @FunctionalInterface
    public interface Addition {
        void write(Connection connection) throws SQLException;
    }

    public Deployed deploy(StoredDefinition definition) {
        return deploy(definition, connection -> {});
    }

    /**
     * @param addition written where the definition was not there yet; meanwhile nobody else deploys another version of it
     */
    public Deployed deploy(StoredDefinition definition, Addition addition) {
        return database.inTransaction("deploy " + definition.id(), connection -> {
            lockName(connection, definition.id());
            if (insert(connection, definition)) {
                addition.write(connection);
                return Deployed.CREATED;
            }
            // Rows are never changed or deleted, so the one that was in the way is still there.
            try (PreparedStatement statement = connection.prepareStatement(CONTENT_HASH)) {
                bind(statement, definition.id());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getString(1).equals(definition.contentHash()) ? Deployed.UNCHANGED : Deployed.CONFLICT;
                }
            }
        });
    }

    private static void lockName(Connection connection, DefinitionId id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_NAME)) {
            statement.setString(1, id.namespace());
            statement.setString(2, id.name());
            statement.execute();
        }
    }

    private static boolean insert(Connection connection, StoredDefinition definition) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DEPLOY)) {
            bind(statement, definition.id());
            statement.setString(4, VersionOrder.of(definition.id().version()));
            statement.setString(5, definition.contentHash());
            statement.setString(6, definition.title());
            statement.setString(7, definition.summary());
            statement.setString(8, definition.source());
            statement.setString(9, Json.write(definition.resources()));
            statement.setObject(10, definition.deployedAt().atOffset(ZoneOffset.UTC));
            statement.setString(11, definition.deployedBy());
            return statement.executeUpdate() == 1;
        }
    }

    private static void bind(PreparedStatement statement, DefinitionId id) throws SQLException {
        statement.setString(1, id.namespace());
        statement.setString(2, id.name());
        statement.setString(3, id.version());
    }

    public Optional<StoredDefinition> find(DefinitionId id) {
        return database.with("read the definition " + id, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                bind(statement, id);
                return rows(statement).stream().findFirst();
            }
        });
    }

    /** Of the highest version by semantic-version order. */
    public Optional<StoredDefinition> findHighest(String namespace, String name) {
        return database.with("read the definition " + namespace + "/" + name, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND_HIGHEST)) {
                statement.setString(1, namespace);
                statement.setString(2, name);
                return rows(statement).stream().findFirst();
            }
        });
    }

    /**
     * By namespace, name, and version (highest first); sources empty.
     *
     * @throws io.orquestrax.store.InvalidPageTokenException if the token is not of this list with this filter
     */
    public Page<StoredDefinition> list(
            @Nullable String namespace, @Nullable String name, int pageSize, @Nullable String pageToken) {
        String list = "definitions/" + namespace + "/" + name;
        List<String> position = pageToken == null ? List.of() : PageToken.read(list, pageToken);
        List<StoredDefinition> found = database.with("list definitions", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LIST)) {
                statement.setString(1, namespace);
                statement.setString(2, name);
                for (int part = 0; part < POSITION_PARTS; part++) {
                    statement.setString(3 + part, part < position.size() ? position.get(part) : null);
                }
                statement.setInt(7, pageSize + 1);
                return rows(statement);
            }
        });
        return Page.of(found, pageSize, last -> PageToken.of(list, positionOf(last.id())));
    }

    /**
     * Those that refer to a URI and keep what stood there, by namespace, name, and version (highest first).
     *
     * @param limit at most so many
     */
    public List<DefinitionId> referringTo(URI uri, int limit) {
        return database.with("read who refers to " + uri, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REFERRING)) {
                statement.setString(1, uri.toString());
                statement.setInt(2, limit);
                try (ResultSet row = statement.executeQuery()) {
                    List<DefinitionId> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(new DefinitionId(
                                row.getString("namespace"), row.getString("name"), row.getString("version")));
                    }
                    return found;
                }
            }
        });
    }

    /** How many definitions, whatever their versions, refer to each URI that begins like this and is referred to. */
    public Map<URI, Integer> referringCounts(String beginning) {
        return database.with("count who refers to " + beginning, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REFERRING_COUNTS)) {
                statement.setString(1, beginning);
                try (ResultSet row = statement.executeQuery()) {
                    Map<URI, Integer> counts = new HashMap<>();
                    while (row.next()) {
                        counts.put(URI.create(row.getString("uri")), row.getInt("definitions"));
                    }
                    return counts;
                }
            }
        });
    }

    private static List<String> positionOf(DefinitionId id) {
        return List.of(id.namespace(), id.name(), VersionOrder.of(id.version()), id.version());
    }

    private static List<StoredDefinition> rows(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            List<StoredDefinition> definitions = new ArrayList<>();
            while (row.next()) {
                definitions.add(new StoredDefinition(
                        new DefinitionId(row.getString("namespace"), row.getString("name"), row.getString("version")),
                        row.getString("content_hash"),
                        row.getString("title"),
                        row.getString("summary"),
                        row.getString("source"),
                        Json.readTrusted(row.getString("resources")),
                        row.getObject("deployed_at", OffsetDateTime.class).toInstant(),
                        row.getString("deployed_by")));
            }
            return definitions;
        }
    }
}

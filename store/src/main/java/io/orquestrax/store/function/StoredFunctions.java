package io.orquestrax.store.function;

import io.orquestrax.store.Database;
import io.orquestrax.store.Page;
import io.orquestrax.store.PageToken;
import io.orquestrax.store.Sql;
import io.orquestrax.store.definition.VersionOrder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The default catalog: each version of a function is written once, and its content never changes. */
public final class StoredFunctions {
    private static final String DEPLOY = Sql.file(StoredFunctions.class, "deploy.sql");
    private static final String RETIRE = Sql.file(StoredFunctions.class, "retire.sql");
    private static final String FIND = Sql.file(StoredFunctions.class, "find.sql");
    private static final String VERSIONS = Sql.file(StoredFunctions.class, "versions.sql");
    private static final String LIST = Sql.file(StoredFunctions.class, "list.sql");
    private static final String NAME_OF_LIST = "functions";
    private static final int POSITION_PARTS = 3;

    private final Database database;

    public StoredFunctions(Database database) {
        this.database = database;
    }

    /** False where the version is there already, with whatever content, unless the same was retired. */
    public boolean deploy(StoredFunction function) {
        return database.inTransaction("deploy the function " + function.name(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DEPLOY)) {
                statement.setString(1, function.name());
                statement.setString(2, function.version());
                statement.setString(3, VersionOrder.of(function.version()));
                statement.setString(4, function.contentHash());
                statement.setString(5, function.source());
                statement.setObject(6, function.deployedAt().atOffset(ZoneOffset.UTC));
                statement.setString(7, function.deployedBy());
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** False where there is none that could be called. */
    public boolean retire(String name, String version, Instant now) {
        return database.inTransaction("retire the function " + name, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RETIRE)) {
                statement.setObject(1, now.atOffset(ZoneOffset.UTC));
                statement.setString(2, name);
                statement.setString(3, version);
                return statement.executeUpdate() == 1;
            }
        });
    }

    public Optional<StoredFunction> find(String name, String version) {
        return database.with("read the function " + name, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setString(1, name);
                statement.setString(2, version);
                return rows(statement).stream().findFirst();
            }
        });
    }

    /** Of one name, the highest first, at most so many; sources empty. */
    public List<StoredFunction> versions(String name, int limit) {
        return database.with("list the versions of the function " + name, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(VERSIONS)) {
                statement.setString(1, name);
                statement.setInt(2, limit);
                return rows(statement);
            }
        });
    }

    /**
     * By name, and version (highest first); sources empty.
     *
     * @throws io.orquestrax.store.InvalidPageTokenException if the token is not of this list
     */
    public Page<StoredFunction> list(int pageSize, @Nullable String pageToken) {
        List<String> position = pageToken == null ? List.of() : PageToken.read(NAME_OF_LIST, pageToken);
        List<StoredFunction> found = database.with("list functions", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LIST)) {
                for (int part = 0; part < POSITION_PARTS; part++) {
                    statement.setString(1 + part, part < position.size() ? position.get(part) : null);
                }
                statement.setInt(1 + POSITION_PARTS, pageSize + 1);
                return rows(statement);
            }
        });
        return Page.of(
                found,
                pageSize,
                last -> PageToken.of(
                        NAME_OF_LIST, List.of(last.name(), VersionOrder.of(last.version()), last.version())));
    }

    private static List<StoredFunction> rows(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            List<StoredFunction> functions = new ArrayList<>();
            while (row.next()) {
                OffsetDateTime retiredAt = row.getObject("retired_at", OffsetDateTime.class);
                functions.add(new StoredFunction(
                        row.getString("name"),
                        row.getString("version"),
                        row.getString("content_hash"),
                        row.getString("source"),
                        row.getObject("deployed_at", OffsetDateTime.class).toInstant(),
                        row.getString("deployed_by"),
                        retiredAt == null ? null : retiredAt.toInstant()));
            }
            return functions;
        }
    }
}

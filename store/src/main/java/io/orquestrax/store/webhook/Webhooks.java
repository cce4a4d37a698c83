package io.orquestrax.store.webhook;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.Database;
import io.orquestrax.store.Page;
import io.orquestrax.store.PageToken;
import io.orquestrax.store.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes webhooks. */
public final class Webhooks {
    private static final String PUT = Sql.file(Webhooks.class, "put.sql");
    private static final String FIND = Sql.file(Webhooks.class, "find.sql");
    private static final String LIST = Sql.file(Webhooks.class, "list.sql");
    private static final String REMOVE = Sql.file(Webhooks.class, "remove.sql");
    private static final String NAME_OF_LIST = "webhooks";

    private final Database database;

    public Webhooks(Database database) {
        this.database = database;
    }

    /** True where there was none of that name. */
    public boolean put(StoredWebhook webhook) {
        return database.inTransaction("write the webhook " + webhook.name(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PUT)) {
                statement.setString(1, webhook.name());
                statement.setString(2, Json.write(webhook.configuration()));
                statement.setObject(3, webhook.changedAt().atOffset(ZoneOffset.UTC));
                statement.setString(4, webhook.changedBy());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getBoolean(1);
                }
            }
        });
    }

    public Optional<StoredWebhook> find(String name) {
        return database.with("read the webhook " + name, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setString(1, name);
                return rows(statement).stream().findFirst();
            }
        });
    }

    /**
     * By name.
     *
     * @throws io.orquestrax.store.InvalidPageTokenException if the token is not of this list
     */
    public Page<StoredWebhook> list(int pageSize, @Nullable String pageToken) {
        String after = pageToken == null
                ? null
                : PageToken.read(NAME_OF_LIST, pageToken).getFirst();
        List<StoredWebhook> found = database.with("list webhooks", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LIST)) {
                statement.setString(1, after);
                statement.setString(2, after);
                statement.setInt(3, pageSize + 1);
                return rows(statement);
            }
        });
        return Page.of(found, pageSize, last -> PageToken.of(NAME_OF_LIST, List.of(last.name())));
    }

    /** False where there was none. */
    public boolean remove(String name) {
        return database.inTransaction("remove the webhook " + name, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
                statement.setString(1, name);
                return statement.executeUpdate() == 1;
            }
        });
    }

    private static List<StoredWebhook> rows(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            List<StoredWebhook> webhooks = new ArrayList<>();
            while (row.next()) {
                webhooks.add(new StoredWebhook(
                        row.getString("name"),
                        Json.readTrusted(row.getString("configuration")),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                        row.getString("changed_by")));
            }
            return webhooks;
        }
    }
}

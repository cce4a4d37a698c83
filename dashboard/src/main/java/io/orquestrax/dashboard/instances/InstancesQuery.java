package io.orquestrax.dashboard.instances;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.engine.Status;
import io.orquestrax.store.instance.InstanceFilter;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the reader asked the list to show.
 *
 * @param status null for all
 * @param definition {@code namespace/name}, or a name alone; empty for all
 * @param key empty for all
 * @param parent whose tasks started them; null for all
 * @param token of the page; null for the newest
 */
public record InstancesQuery(
        @Nullable Status status,
        String definition,
        String key,
        @Nullable UUID parent,
        @Nullable String token) {
    /** Everything, the newest first. */
    public static final InstancesQuery ALL = new InstancesQuery(null, "", "", null, null);

    public InstanceFilter filter() {
        return new InstanceFilter(
                status == null ? Set.of() : Set.of(status), namespace(), name(), key.isEmpty() ? null : key, parent);
    }

    public boolean isFiltered() {
        return status != null || !definition.isEmpty() || !key.isEmpty() || parent != null;
    }

    public String href() {
        return address("/instances").with("page", token).toString();
    }

    public InstancesQuery withStatus(@Nullable Status other) {
        return new InstancesQuery(other, definition, key, parent, null);
    }

    public InstancesQuery withToken(@Nullable String other) {
        return new InstancesQuery(status, definition, key, parent, other);
    }

    Address address(String path) {
        return Address.of(path)
                .with("status", status == null ? null : status.text())
                .with("definition", definition)
                .with("key", key)
                .with("parent", parent == null ? null : parent.toString());
    }

    private @Nullable String namespace() {
        int slash = definition.indexOf('/');
        return slash <= 0 ? null : definition.substring(0, slash);
    }

    private @Nullable String name() {
        String[] parts = definition.split("/", -1);
        String name = parts.length == 1 ? parts[0] : parts[1];
        return name.isEmpty() ? null : name;
    }
}

package io.orquestrax.store.instance;

import io.orquestrax.engine.Status;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which instances a list shows.
 *
 * @param statuses any of these; empty for all
 * @param parent whose tasks started them; not together with a key
 */
public record InstanceFilter(
        Set<Status> statuses,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String key,
        @Nullable UUID parent) {
    public static final InstanceFilter ALL = new InstanceFilter(Set.of(), null, null, null, null);

    public InstanceFilter {
        statuses = Set.copyOf(statuses);
    }

    public InstanceFilter(
            Set<Status> statuses, @Nullable String namespace, @Nullable String name, @Nullable String key) {
        this(statuses, namespace, name, key, null);
    }
}

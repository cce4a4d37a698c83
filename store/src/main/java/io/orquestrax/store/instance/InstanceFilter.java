package io.orquestrax.store.instance;

import io.orquestrax.engine.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances a list shows.
 *
 * @param statuses any of these; empty for all
 */
public record InstanceFilter(
        Set<Status> statuses,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String key) {
    public static final InstanceFilter ALL = new InstanceFilter(Set.of(), null, null, null);

    public InstanceFilter {
        statuses = Set.copyOf(statuses);
    }
}

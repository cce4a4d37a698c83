package io.orquestrax.sdk;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to list: immutable, each method answers a changed copy.
 *
 * @param statuses any of these; empty for all
 * @param pageSize how many are fetched at a time; 0 for the server's own choice
 */
public record InstanceQuery(
        Set<InstanceStatus> statuses,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String key,
        int pageSize) {
    /** All instances. */
    public static final InstanceQuery ALL = new InstanceQuery(Set.of(), null, null, null, 0);

    public InstanceQuery {
        statuses = Set.copyOf(statuses);
    }

    public InstanceQuery withStatuses(InstanceStatus... values) {
        return new InstanceQuery(Set.copyOf(Arrays.asList(values)), namespace, name, key, pageSize);
    }

    public InstanceQuery withNamespace(String value) {
        return new InstanceQuery(statuses, value, name, key, pageSize);
    }

    public InstanceQuery withName(String value) {
        return new InstanceQuery(statuses, namespace, value, key, pageSize);
    }

    public InstanceQuery withKey(String value) {
        return new InstanceQuery(statuses, namespace, name, value, pageSize);
    }

    public InstanceQuery withPageSize(int value) {
        return new InstanceQuery(statuses, namespace, name, key, value);
    }
}

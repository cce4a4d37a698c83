package io.orquestrax.dashboard.page;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.store.function.StoredFunction;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Addresses of pages and of the API, every part of them encoded. */
public final class Address {
    private final String path;
    private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");

    private Address(String path) {
        this.path = path;
    }

    public static Address of(String path) {
        return new Address(path);
    }

    public static String instance(Object id) {
        return "/instances/" + segment(id.toString());
    }

    public static String definition(DefinitionId id) {
        return "/definitions/" + segment(id.namespace()) + "/" + segment(id.name()) + "/" + segment(id.version());
    }

    /** The instances of a definition, whatever their version. */
    public static String instancesOf(DefinitionId id) {
        return of("/instances")
                .with("definition", id.namespace() + "/" + id.name())
                .toString();
    }

    /** The instances that tasks of this one started. */
    public static String childrenOf(UUID parent) {
        return of("/instances").with("parent", parent.toString()).toString();
    }

    /** Of a definition, whatever its version. */
    public static String schedule(DefinitionId id) {
        return "/schedules/" + segment(id.namespace()) + "/" + segment(id.name());
    }

    public static String function(StoredFunction function) {
        return "/functions/" + segment(function.name()) + "/" + segment(function.version());
    }

    public static String webhook(String name) {
        return "/webhooks/" + segment(name);
    }

    public static String node(String id) {
        return "/cluster/" + segment(id);
    }

    public static String event(long position) {
        return "/events/" + position;
    }

    public static String rawEvent(long position) {
        return "/api/v1/events/" + position;
    }

    public static String rawInstance(UUID id) {
        return "/api/v1/instances/" + id;
    }

    public static String rawHistory(UUID id, long afterSequence) {
        return rawInstance(id) + "/history" + (afterSequence > 0 ? "?afterSequence=" + afterSequence : "");
    }

    /** Leaves out what is empty or absent. */
    public Address with(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        return this;
    }

    @Override
    public String toString() {
        return path + query;
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

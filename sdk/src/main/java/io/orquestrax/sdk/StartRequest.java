package io.orquestrax.sdk;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to start: immutable, each method answers a changed copy.
 *
 * @param version null for the highest one
 * @param key unique among the open instances of the definition; null for none
 * @param input null for an empty object
 */
public record StartRequest(
        String namespace,
        String name,
        @Nullable String version,
        @Nullable String key,
        @Nullable Payload input,
        Map<String, String> tags) {

    public StartRequest {
        tags = Map.copyOf(tags);
    }

    /** The highest version, without key, input and tags. */
    public static StartRequest of(String namespace, String name) {
        return new StartRequest(namespace, name, null, null, null, Map.of());
    }

    public StartRequest withVersion(String value) {
        return new StartRequest(namespace, name, value, key, input, tags);
    }

    public StartRequest withKey(String value) {
        return new StartRequest(namespace, name, version, value, input, tags);
    }

    /**
     * With this input.
     *
     * @param value a record, a map, a {@code JsonNode}, a {@link Payload} … as {@link Payload#of} takes it
     * @throws PayloadException where it cannot be written as JSON
     */
    public StartRequest withInput(@Nullable Object value) {
        return new StartRequest(namespace, name, version, key, Payload.of(value), tags);
    }

    /**
     * With this input, which is JSON already.
     *
     * @param text JSON, sent as it is
     */
    public StartRequest withInputJson(String text) {
        return new StartRequest(namespace, name, version, key, Payload.ofJson(text), tags);
    }

    public StartRequest withTag(String tag, String value) {
        Map<String, String> changed = new LinkedHashMap<>(tags);
        changed.put(tag, value);
        return withTags(changed);
    }

    public StartRequest withTags(Map<String, String> values) {
        return new StartRequest(namespace, name, version, key, input, values);
    }
}

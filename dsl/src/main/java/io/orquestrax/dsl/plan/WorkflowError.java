package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An error of the DSL (RFC 9457 problem details).
 *
 * @param type URI of the kind of error
 * @param instance JSON pointer of the task that failed; absent until the engine sets it
 */
public record WorkflowError(
        String type,
        int status,
        @Nullable String instance,
        @Nullable String title,
        @Nullable String detail) {

    public static WorkflowError of(StandardError kind, String title, String detail) {
        return new WorkflowError(kind.type(), kind.status(), null, title, detail);
    }

    /** At this place, unless it has one already. */
    public WorkflowError at(String pointer) {
        return instance == null ? new WorkflowError(type, status, pointer, title, detail) : this;
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type);
        json.put("status", status);
        putPresent(json, "instance", instance);
        putPresent(json, "title", title);
        putPresent(json, "detail", detail);
        return json;
    }

    /** Lenient: a missing type is the runtime error's, a missing status is 500. */
    public static WorkflowError fromJson(JsonNode json) {
        return new WorkflowError(
                json.path("type").asText(StandardError.RUNTIME.type()),
                json.path("status").asInt(StandardError.RUNTIME.status()),
                textOrNull(json, "instance"),
                textOrNull(json, "title"),
                textOrNull(json, "detail"));
    }

    private static void putPresent(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static @Nullable String textOrNull(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }
}

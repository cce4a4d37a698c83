package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.WholeText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error of the DSL (RFC 9457 problem details).
 *
 * @param type URI of the kind of error
 * @param instance JSON pointer of the task that failed; absent until the engine sets it
 * @param members extension members in their order, by names other than those above
 */
public record WorkflowError(
        String type,
        int status,
        @Nullable String instance,
        @Nullable String title,
        @Nullable String detail,
        Map<String, JsonNode> members) {
    private static final Set<String> OWN = Set.of("type", "status", "instance", "title", "detail");

    public WorkflowError {
        title = title == null ? null : WholeText.of(title);
        detail = detail == null ? null : WholeText.of(detail);
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        if (!Collections.disjoint(members.keySet(), OWN)) {
            throw new IllegalArgumentException(
                    "Expected no member of every error among those of an extension, but got " + members.keySet());
        }
    }

    /** Without extension members. */
    public WorkflowError(
            String type, int status, @Nullable String instance, @Nullable String title, @Nullable String detail) {
        this(type, status, instance, title, detail, Map.of());
    }

    public static WorkflowError of(StandardError kind, String title, String detail) {
        return new WorkflowError(kind.type(), kind.status(), null, title, detail);
    }

    /** At this place, unless it has one already. */
    public WorkflowError at(String pointer) {
        return instance == null ? new WorkflowError(type, status, pointer, title, detail, members) : this;
    }

    /** At no place, so that another one can be given to it. */
    public WorkflowError placeless() {
        return new WorkflowError(type, status, null, title, detail, members);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type);
        json.put("status", status);
        putPresent(json, "instance", instance);
        putPresent(json, "title", title);
        putPresent(json, "detail", detail);
        members.forEach(json::set);
        return json;
    }

    /** Lenient: a missing type is the runtime error's, a missing status is 500. */
    public static WorkflowError fromJson(JsonNode json) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        json.properties().forEach(member -> {
            if (!OWN.contains(member.getKey())) {
                members.put(member.getKey(), member.getValue());
            }
        });
        return new WorkflowError(
                json.path("type").asText(StandardError.RUNTIME.type()),
                json.path("status").asInt(StandardError.RUNTIME.status()),
                textOrNull(json, "instance"),
                textOrNull(json, "title"),
                textOrNull(json, "detail"),
                members);
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

    /** Most errors have no extension members, and say nothing of them. */
    @Override
    public String toString() {
        return "WorkflowError[type=" + type + ", status=" + status + ", instance=" + instance + ", title=" + title
                + ", detail=" + detail + (members.isEmpty() ? "" : ", members=" + members) + "]";
    }
}

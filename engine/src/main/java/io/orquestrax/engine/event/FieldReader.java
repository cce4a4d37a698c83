package io.orquestrax.engine.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.WorkflowError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one object that this product wrote. */
public class FieldReader {
    private final JsonNode json;
    private final String place;

    /**
     * @param place of what it tells of, for messages
     */
    public FieldReader(JsonNode json, String place) {
        this.json = json;
        this.place = place;
    }

    final boolean has(String name) {
        return json.has(name);
    }

    public final String text(String name) {
        return value(name).asText();
    }

    public final @Nullable String textOrNull(String name) {
        JsonNode value = json.get(name);
        return value == null ? null : value.asText();
    }

    public final JsonNode value(String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Expected \"" + name + "\" in what was written of " + place + ", but got " + json);
        }
        return value;
    }

    public final @Nullable JsonNode valueOrNull(String name) {
        return json.get(name);
    }

    public final int number(String name) {
        return value(name).asInt();
    }

    public final long longNumber(String name) {
        return value(name).asLong();
    }

    /** False where it is absent. */
    public final boolean flag(String name) {
        return json.path(name).asBoolean();
    }

    public final UUID uuid(String name) {
        return UUID.fromString(text(name));
    }

    public final @Nullable Origin originOrNull() {
        if (json.has("parentInstance")) {
            return new Origin.Parent(
                    uuid("parentInstance"),
                    longNumber("parentActivation"),
                    flag("awaited"),
                    json.path("depth").asInt(1));
        }
        String trigger = textOrNull("trigger");
        return trigger == null ? null : new Origin.Schedule(trigger);
    }

    public final Instant time(String name) {
        return Instant.parse(text(name));
    }

    public final @Nullable Instant timeOrNull(String name) {
        String text = textOrNull(name);
        return text == null ? null : Instant.parse(text);
    }

    private @Nullable Duration durationOrNull(String name) {
        String text = textOrNull(name);
        return text == null ? null : Duration.parse(text);
    }

    public final Map<String, String> tags() {
        Map<String, String> tags = new HashMap<>();
        json.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    public final List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    public final Map<String, JsonNode> values(String name) {
        Map<String, JsonNode> values = new HashMap<>();
        json.path(name).properties().forEach(each -> values.put(each.getKey(), each.getValue()));
        return values;
    }

    public final JobLimits limits() {
        return new JobLimits(
                durationOrNull("waitingLimit"),
                durationOrNull("runningLimit"),
                durationOrNull("heartbeatLimit"),
                durationOrNull("totalLimit"),
                json.path("priority").asInt(JobLimits.DEFAULT_PRIORITY));
    }

    public final Directive then() {
        String target = textOrNull("goto");
        if (target != null) {
            return new Directive.Goto(target);
        }
        return switch (json.path("then").asText()) {
            case "exit" -> Directive.EXIT;
            case "end" -> Directive.END;
            default -> Directive.CONTINUE;
        };
    }

    public final WorkflowError error() {
        return WorkflowError.fromJson(value("error"));
    }
}

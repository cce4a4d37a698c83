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

/** Reads the data of one event. */
record EventReader(JsonNode json, String task, long activation, int attempt) {

    long parent() {
        return json.path("parent").asLong();
    }

    String text(String name) {
        return value(name).asText();
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode value = json.get(name);
        return value == null ? null : value.asText();
    }

    JsonNode value(String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Expected \"" + name + "\" in an event of " + task + ", but got " + json);
        }
        return value;
    }

    @Nullable
    JsonNode valueOrNull(String name) {
        return json.get(name);
    }

    int number(String name) {
        return value(name).asInt();
    }

    boolean flag(String name) {
        return json.path(name).asBoolean();
    }

    UUID uuid(String name) {
        return UUID.fromString(text(name));
    }

    @Nullable
    Origin originOrNull() {
        if (json.has("parentInstance")) {
            return new Origin.Parent(
                    uuid("parentInstance"),
                    value("parentActivation").asLong(),
                    flag("awaited"),
                    json.path("depth").asInt(1));
        }
        String trigger = textOrNull("trigger");
        return trigger == null ? null : new Origin.Schedule(trigger);
    }

    Instant time(String name) {
        return Instant.parse(text(name));
    }

    @Nullable
    Instant timeOrNull(String name) {
        String text = textOrNull(name);
        return text == null ? null : Instant.parse(text);
    }

    private @Nullable Duration durationOrNull(String name) {
        String text = textOrNull(name);
        return text == null ? null : Duration.parse(text);
    }

    Map<String, String> tags() {
        Map<String, String> tags = new HashMap<>();
        json.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    Map<String, JsonNode> values(String name) {
        Map<String, JsonNode> values = new HashMap<>();
        json.path(name).properties().forEach(each -> values.put(each.getKey(), each.getValue()));
        return values;
    }

    JobLimits limits() {
        return new JobLimits(
                durationOrNull("waitingLimit"),
                durationOrNull("runningLimit"),
                durationOrNull("heartbeatLimit"),
                durationOrNull("totalLimit"),
                json.path("priority").asInt(JobLimits.DEFAULT_PRIORITY));
    }

    Directive then() {
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

    WorkflowError error() {
        return WorkflowError.fromJson(value("error"));
    }

    Event.Execution execution() {
        return new Event.Execution(value("executed").asInt(), textOrNull("worker"), timeOrNull("startedAt"));
    }

    Event.@Nullable Execution executionOrNull() {
        return json.has("executed") ? execution() : null;
    }
}

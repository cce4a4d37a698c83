package io.orquestrax.engine.event;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Reads the data of one event. */
final class EventReader extends FieldReader {
    private final String task;
    private final long parent;

    EventReader(JsonNode json, String task) {
        super(json, task);
        this.task = task;
        this.parent = json.path("parent").asLong();
    }

    String task() {
        return task;
    }

    long parent() {
        return parent;
    }

    Event.Execution execution() {
        return new Event.Execution(number("executed"), textOrNull("worker"), timeOrNull("startedAt"));
    }

    Event.@Nullable Execution executionOrNull() {
        return has("executed") ? execution() : null;
    }
}

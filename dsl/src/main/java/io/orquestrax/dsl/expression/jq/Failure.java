package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;

/** An error of jq: what {@code error} raises and {@code try} catches. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient JsonNode value;

    Failure(JsonNode value) {
        super(null, null, false, false);
        this.value = value;
    }

    Failure(String message) {
        this(Json.NODES.textNode(message));
    }

    /** What {@code catch} sees. */
    JsonNode value() {
        return value;
    }

    @Override
    public String getMessage() {
        if (value.isTextual()) {
            return value.textValue();
        }
        return value.isNull() ? "it failed with null" : Shown.typed(value) + " (not a string)";
    }
}

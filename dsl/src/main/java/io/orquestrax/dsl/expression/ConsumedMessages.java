package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;

/**
 * What {@code $context} is for the conditions of a subscription: with a member {@code consumedMessages}, as the
 * specification's examples have it, unless it has one of its own.
 */
public final class ConsumedMessages {
    private static final String NAME = "consumedMessages";

    private ConsumedMessages() {}

    /** The context itself where it is no object, or has the member. */
    public static JsonNode in(JsonNode context, ArrayNode messages) {
        if (context.has(NAME) || !(context.isObject() || context.isNull())) {
            return context;
        }
        ObjectNode seen = Json.NODES.objectNode();
        context.properties().forEach(each -> seen.set(each.getKey(), each.getValue()));
        return seen.set(NAME, messages);
    }
}

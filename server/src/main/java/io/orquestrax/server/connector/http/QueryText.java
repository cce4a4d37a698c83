package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code name=value&name=value}, of queries and forms. */
final class QueryText {
    private QueryText() {}

    /**
     * @param values a list repeats its name, null leaves it out
     * @param what names the place in a message
     */
    static String of(JsonNode values, String what) throws ConnectorFailure {
        if (!values.isObject()) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Invalid call",
                    "Expected " + what + " to be an object, but it is not.");
        }
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : values.properties()) {
            Iterable<JsonNode> items = member.getValue().isArray() ? member.getValue() : List.of(member.getValue());
            for (JsonNode item : items) {
                if (!item.isNull()) {
                    pairs.add(Uris.encode(member.getKey()) + "=" + Uris.encode(text(item)));
                }
            }
        }
        return String.join("&", pairs);
    }

    /** Numbers digit by digit; what is no scalar as JSON. */
    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : Json.write(value);
    }
}

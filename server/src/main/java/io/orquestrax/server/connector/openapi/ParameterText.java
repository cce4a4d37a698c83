package io.orquestrax.server.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.http.Uris;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a parameter's value as its style says (OpenAPI specification, Style Values). */
final class ParameterText {
    private ParameterText() {}

    /** {@code name=value}, perhaps several; empty for an empty list that is exploded. */
    static List<String> pairs(ApiParameter parameter, JsonNode value) {
        String name = Uris.encode(parameter.name());
        if (parameter.isJson()) {
            return List.of(name + "=" + Uris.encode(Json.write(value)));
        }
        if (parameter.style() == ApiParameter.Style.DEEP_OBJECT && value.isObject()) {
            return members(value)
                    .map(member -> name + "%5B" + Uris.encode(member.getKey()) + "%5D="
                            + encoded(parameter, member.getValue()))
                    .toList();
        }
        if (parameter.isExploded() && value.isArray()) {
            return items(value).stream()
                    .map(item -> name + "=" + encoded(parameter, item))
                    .toList();
        }
        if (parameter.isExploded() && value.isObject()) {
            return members(value)
                    .map(member -> Uris.encode(member.getKey()) + "=" + encoded(parameter, member.getValue()))
                    .toList();
        }
        char separator = parameter.style().separator();
        String between = separator == ',' ? "," : Uris.encode(String.valueOf(separator));
        return List.of(name + "=" + String.join(between, flat(parameter, value)));
    }

    /** What stands in the path in the place of the parameter. */
    static String segment(ApiParameter parameter, JsonNode value) {
        String name = Uris.encode(parameter.name());
        return switch (parameter.style()) {
            case LABEL -> "." + String.join(parameter.isExploded() ? "." : ",", parts(parameter, value));
            case MATRIX -> {
                if (value.isObject() && parameter.isExploded()) {
                    yield ";" + String.join(";", parts(parameter, value));
                }
                if (value.isArray() && parameter.isExploded()) {
                    yield items(value).stream()
                            .map(item -> ";" + name + "=" + encoded(parameter, item))
                            .collect(Collectors.joining());
                }
                yield ";" + name + "=" + String.join(",", flat(parameter, value));
            }
            case FORM, SIMPLE, SPACE_DELIMITED, TAB_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT -> {
                char separator = parameter.style().separator();
                String between = separator == ',' ? "," : Uris.encode(String.valueOf(separator));
                yield String.join(between, parts(parameter, value));
            }
        };
    }

    /** As it goes in a header, where nothing is escaped. */
    static String header(ApiParameter parameter, JsonNode value) {
        if (parameter.isJson()) {
            return Json.write(value);
        }
        if (value.isObject()) {
            String equals = parameter.isExploded() ? "=" : ",";
            return members(value)
                    .map(member -> member.getKey() + equals + text(member.getValue()))
                    .collect(Collectors.joining(","));
        }
        return items(value).stream().map(ParameterText::text).collect(Collectors.joining(","));
    }

    private static List<String> parts(ApiParameter parameter, JsonNode value) {
        if (value.isObject() && parameter.isExploded()) {
            return members(value)
                    .map(member -> Uris.encode(member.getKey()) + "=" + encoded(parameter, member.getValue()))
                    .toList();
        }
        return flat(parameter, value);
    }

    private static List<String> flat(ApiParameter parameter, JsonNode value) {
        if (!value.isObject()) {
            return items(value).stream().map(item -> encoded(parameter, item)).toList();
        }
        List<String> flat = new ArrayList<>();
        members(value).forEach(member -> {
            flat.add(Uris.encode(member.getKey()));
            flat.add(encoded(parameter, member.getValue()));
        });
        return flat;
    }

    private static java.util.stream.Stream<Map.Entry<String, JsonNode>> members(JsonNode object) {
        return object.properties().stream();
    }

    private static List<JsonNode> items(JsonNode value) {
        List<JsonNode> items = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(items::add);
        } else {
            items.add(value);
        }
        return items;
    }

    private static String encoded(ApiParameter parameter, JsonNode value) {
        String text = text(value);
        return parameter.isReserved() ? Uris.encodeAllButReserved(text) : Uris.encode(text);
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : Json.write(value);
    }
}

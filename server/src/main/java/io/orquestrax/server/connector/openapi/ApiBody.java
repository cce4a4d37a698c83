package io.orquestrax.server.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The body of an operation, as one value.
 *
 * @param name of the parameter that holds it
 * @param contentType in which it goes
 */
record ApiBody(String name, boolean isRequired, String contentType) {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String DEFAULT_NAME = "body";

    /** Of OpenAPI 3 (specification, Request Body Object); its parameter is called body. */
    static Optional<ApiBody> ofThree(ApiDocument document, ApiDocument.Place place) throws ConnectorFailure {
        JsonNode body = document.resolved(place.operation().path("requestBody"));
        if (!body.isObject()) {
            return Optional.empty();
        }
        List<String> types = new ArrayList<>();
        body.path("content").fieldNames().forEachRemaining(types::add);
        return Optional.of(new ApiBody(DEFAULT_NAME, body.path("required").asBoolean(false), preferred(types)));
    }

    /** The media types that Swagger 2.0 names for an operation. */
    static String contentTypeOfTwo(ApiDocument document, ApiDocument.Place place) throws ConnectorFailure {
        JsonNode own = place.operation().path("consumes");
        List<String> types = new ArrayList<>();
        (own.isArray() ? own : document.root().path("consumes")).forEach(type -> types.add(type.asText()));
        return preferred(types);
    }

    private static String preferred(List<String> types) throws ConnectorFailure {
        for (String type : types) {
            String bare = type.replaceFirst(";.*", "").strip();
            if (bare.equals(JSON) || bare.endsWith("+json")) {
                return type;
            }
        }
        if (types.isEmpty() || types.stream().anyMatch(type -> type.contains("*"))) {
            return JSON;
        }
        if (types.contains(FORM)) {
            return FORM;
        }
        String first = types.getFirst();
        if (first.startsWith("multipart/")) {
            throw InvalidDocument.operation(
                    "Expected an operation that takes JSON, a form or a text, but this one takes "
                            + String.join(", ", types) + ".");
        }
        return first;
    }
}

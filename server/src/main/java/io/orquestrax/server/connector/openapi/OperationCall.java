package io.orquestrax.server.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.HttpCaller;
import io.orquestrax.server.connector.http.OutputMode;
import io.orquestrax.server.connector.http.RequestBody;
import io.orquestrax.server.connector.http.RequestHeaders;
import io.orquestrax.server.connector.http.Uris;
import io.orquestrax.server.connector.openapi.ApiParameter.In;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the parameters of a call where the document says that they go. */
final class OperationCall {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final ApiDocument document;
    private final ApiDocument.Place place;
    private final JsonNode given;
    private final List<ApiParameter> parameters = new ArrayList<>();
    private final Optional<ApiBody> body;

    OperationCall(ApiDocument document, String operationId, JsonNode given) throws ConnectorFailure {
        document.requireKnownVersion();
        this.document = document;
        this.place = document.operation(operationId);
        this.given = given;
        for (JsonNode parameter : document.parameters(place)) {
            parameters.add(
                    document.isSwagger() ? ApiParameter.ofTwo(parameter) : ApiParameter.ofThree(parameter, document));
        }
        this.body = document.isSwagger() ? bodyOfTwo() : ApiBody.ofThree(document, place);
        checkGiven();
    }

    private Optional<ApiBody> bodyOfTwo() throws ConnectorFailure {
        for (ApiParameter parameter : parameters) {
            if (parameter.in() == In.BODY) {
                String type = ApiBody.contentTypeOfTwo(document, place);
                return Optional.of(new ApiBody(parameter.name(), parameter.isRequired(), type));
            }
        }
        return Optional.empty();
    }

    private void checkGiven() throws ConnectorFailure {
        List<String> missing = new ArrayList<>();
        for (ApiParameter parameter : parameters) {
            if (parameter.in() != In.BODY
                    && parameter.isRequired()
                    && parameter.value(given).isEmpty()) {
                missing.add(parameter.name());
            }
        }
        if (body.filter(ApiBody::isRequired).isPresent() && bodyValue().isEmpty()) {
            missing.add(body.get().name());
        }
        if (!missing.isEmpty()) {
            throw InvalidDocument.parameters("Expected the required parameters of " + operation() + ", but "
                    + String.join(", ", missing) + (missing.size() == 1 ? " is" : " are") + " missing.");
        }
        List<String> unknown = unknown();
        if (!unknown.isEmpty() && !takesUnknown()) {
            String known = known().stream().sorted().collect(Collectors.joining(", "));
            throw InvalidDocument.parameters("Expected parameters of " + operation() + ", but it has no "
                    + String.join(", ", unknown) + "; it has " + (known.isEmpty() ? "none" : known) + ".");
        }
    }

    private String operation() {
        return place.operation().path("operationId").asText();
    }

    private Set<String> known() {
        Set<String> known = parameters.stream().map(ApiParameter::name).collect(Collectors.toCollection(HashSet::new));
        body.ifPresent(each -> known.add(each.name()));
        return known;
    }

    private List<String> unknown() {
        Set<String> known = known();
        List<String> unknown = new ArrayList<>();
        given.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unknown.add(name);
            }
        });
        return unknown;
    }

    /** OpenAPI 3 gives the body no name: where none is given as body, the other parameters are its members. */
    private boolean takesUnknown() {
        return !document.isSwagger()
                && body.isPresent()
                && !given.has(body.get().name());
    }

    private Optional<JsonNode> bodyValue() {
        if (body.isEmpty()) {
            return Optional.empty();
        }
        JsonNode value = given.path(body.get().name());
        if (!value.isMissingNode() && !value.isNull()) {
            return Optional.of(value);
        }
        List<String> members = takesUnknown() ? unknown() : List.of();
        if (members.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode object = Json.NODES.objectNode();
        members.forEach(name -> object.set(name, given.path(name)));
        return Optional.of(object);
    }

    HttpCaller.Call call(OutputMode output, boolean isFollowing) throws ConnectorFailure {
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> cookies = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        for (ApiParameter parameter : parameters) {
            JsonNode value = parameter.value(given).orElse(Json.NODES.nullNode());
            if (value.isNull()) {
                continue;
            }
            switch (parameter.in()) {
                case HEADER -> RequestHeaders.put(headers, parameter.name(), ParameterText.header(parameter, value));
                case COOKIE -> cookies.addAll(ParameterText.pairs(parameter, value));
                case FORM_DATA -> fields.addAll(ParameterText.pairs(parameter, value));
                case PATH, QUERY, BODY -> {}
            }
        }
        if (!cookies.isEmpty()) {
            RequestHeaders.put(headers, "Cookie", String.join("; ", cookies));
        }
        byte[] content = content(fields, headers);
        return new HttpCaller.Call(
                place.method().toUpperCase(Locale.ROOT),
                uri(),
                headers,
                content,
                content.length > 0,
                output,
                isFollowing);
    }

    private byte[] content(List<String> fields, Map<String, String> headers) throws ConnectorFailure {
        if (!fields.isEmpty()) {
            headers.put("Content-Type", FORM);
            return String.join("&", fields).getBytes(StandardCharsets.UTF_8);
        }
        Optional<JsonNode> value = bodyValue();
        if (value.isEmpty() || body.isEmpty()) {
            return new byte[0];
        }
        String type = body.get().contentType();
        headers.put("Content-Type", type);
        return RequestBody.write(value.get(), type);
    }

    private URI uri() throws ConnectorFailure {
        String path = place.path();
        List<String> query = new ArrayList<>();
        for (ApiParameter parameter : parameters) {
            Optional<JsonNode> value = parameter.value(given);
            if (value.isEmpty()) {
                continue;
            }
            if (parameter.in() == In.PATH) {
                path = path.replace("{" + parameter.name() + "}", ParameterText.segment(parameter, value.get()));
            } else if (parameter.in() == In.QUERY) {
                query.addAll(ParameterText.pairs(parameter, value.get()));
            }
        }
        URI base = ApiServers.base(document, place);
        URI uri = Uris.parse(base + (path.startsWith("/") ? "" : "/") + path, "the address of " + operation());
        return Uris.withQuery(uri, String.join("&", query));
    }
}

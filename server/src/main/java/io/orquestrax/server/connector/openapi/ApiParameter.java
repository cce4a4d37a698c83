package io.orquestrax.server.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.Locale;
import java.util.Optional;

/**
 * One parameter of an operation.
 *
 * @param isReserved whether reserved characters go as they are
 * @param isJson whether its value goes as JSON
 * @param fallback what goes where a required one is not given; missing for nothing
 */
record ApiParameter(
        String name,
        In in,
        boolean isRequired,
        Style style,
        boolean isExploded,
        boolean isReserved,
        boolean isJson,
        JsonNode fallback) {

    /** Where it goes. */
    enum In {
        PATH,
        QUERY,
        HEADER,
        COOKIE,
        /** Swagger 2.0: the whole body. */
        BODY,
        /** Swagger 2.0: a field of a form. */
        FORM_DATA
    }

    /** How lists and objects are written. */
    enum Style {
        FORM(','),
        SIMPLE(','),
        LABEL('.'),
        MATRIX(';'),
        SPACE_DELIMITED(' '),
        TAB_DELIMITED('\t'),
        PIPE_DELIMITED('|'),
        DEEP_OBJECT(',');

        private final char separator;

        Style(char separator) {
            this.separator = separator;
        }

        char separator() {
            return separator;
        }
    }

    /** Of OpenAPI 3 (specification, Parameter Object). */
    static ApiParameter ofThree(JsonNode parameter, ApiDocument document) throws ConnectorFailure {
        In in = in(parameter);
        Style style = switch (parameter.path("style").asText()) {
            case "form" -> Style.FORM;
            case "simple" -> Style.SIMPLE;
            case "label" -> Style.LABEL;
            case "matrix" -> Style.MATRIX;
            case "spaceDelimited" -> Style.SPACE_DELIMITED;
            case "pipeDelimited" -> Style.PIPE_DELIMITED;
            case "deepObject" -> Style.DEEP_OBJECT;
            default -> in == In.QUERY || in == In.COOKIE ? Style.FORM : Style.SIMPLE;
        };
        return new ApiParameter(
                name(parameter),
                in,
                parameter.path("required").asBoolean(in == In.PATH),
                style,
                parameter.path("explode").asBoolean(style == Style.FORM),
                parameter.path("allowReserved").asBoolean(false),
                parameter.has("content"),
                document.resolved(parameter.path("schema")).path("default"));
    }

    /** Of Swagger 2.0 (specification, Parameter Object). */
    static ApiParameter ofTwo(JsonNode parameter) throws ConnectorFailure {
        In in = in(parameter);
        String format = parameter.path("collectionFormat").asText();
        boolean isMulti = format.equals("multi");
        Style style = switch (format) {
            case "ssv" -> Style.SPACE_DELIMITED;
            case "tsv" -> Style.TAB_DELIMITED;
            case "pipes" -> Style.PIPE_DELIMITED;
            default -> in == In.PATH || in == In.HEADER ? Style.SIMPLE : Style.FORM;
        };
        if (parameter.path("type").asText().equals("file")) {
            throw InvalidDocument.operation(
                    "Expected an operation without files, but its parameter \"" + name(parameter) + "\" is one.");
        }
        return new ApiParameter(
                name(parameter),
                in,
                parameter.path("required").asBoolean(in == In.PATH),
                style,
                isMulti,
                false,
                false,
                parameter.path("default"));
    }

    Optional<JsonNode> value(JsonNode given) {
        JsonNode value = given.path(name);
        if (!value.isMissingNode() && !value.isNull()) {
            return Optional.of(value);
        }
        return isRequired && !fallback.isMissingNode() ? Optional.of(fallback) : Optional.empty();
    }

    private static String name(JsonNode parameter) {
        return parameter.path("name").asText();
    }

    private static In in(JsonNode parameter) throws ConnectorFailure {
        return switch (parameter.path("in").asText().toLowerCase(Locale.ROOT)) {
            case "path" -> In.PATH;
            case "query" -> In.QUERY;
            case "header" -> In.HEADER;
            case "cookie" -> In.COOKIE;
            case "body" -> In.BODY;
            case "formdata" -> In.FORM_DATA;
            default ->
                throw InvalidDocument.document("Expected the parameter \"" + name(parameter)
                        + "\" in path, query, header, cookie, body or formData, but it is in \""
                        + parameter.path("in").asText() + "\".");
        };
    }
}

package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers as an author gives them. */
public final class RequestHeaders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\uffff]*");

    /** They belong to the connection, or say which host is meant. */
    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "trailer",
            "upgrade",
            "expect");

    private RequestHeaders() {}

    /**
     * @param headers absent or null for none; a list is joined, null leaves the header out
     * @throws ConnectorFailure configuration
     */
    public static Map<String, String> read(JsonNode headers) throws ConnectorFailure {
        Map<String, String> read = new LinkedHashMap<>();
        if (headers.isMissingNode() || headers.isNull()) {
            return read;
        }
        if (!headers.isObject()) {
            throw invalid("Expected headers to be an object, but they are not.");
        }
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            if (!header.getValue().isNull()) {
                put(read, header.getKey(), value(header.getValue()));
            }
        }
        return read;
    }

    /** Adds one, if it may be set. */
    public static void put(Map<String, String> headers, String name, String value) throws ConnectorFailure {
        if (!NAME.matcher(name).matches()) {
            throw invalid("Expected the name of a header, but \"" + name + "\" is none.");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw invalid("Expected headers that a call may set, but " + name + " belongs to the connection.");
        }
        if (!VALUE.matcher(value).matches()) {
            throw invalid("Expected a value without line breaks for the header " + name + ", but it has some.");
        }
        headers.put(name, value);
    }

    private static String value(JsonNode value) {
        List<String> texts = new ArrayList<>();
        (value.isArray() ? value : List.of(value)).forEach(item -> texts.add(QueryText.text(item)));
        return String.join(", ", texts);
    }

    private static ConnectorFailure invalid(String detail) {
        return ConnectorFailure.of(StandardError.CONFIGURATION, "Invalid call", detail);
    }
}

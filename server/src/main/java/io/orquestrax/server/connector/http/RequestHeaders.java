package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers as an author gives them. */
public final class RequestHeaders {
    /** Of ISO 8859-1, which a header is written in. */
    private static final int MAX_LATIN = 0xff;

    private static final int MAX_ASCII = 0x7f;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}");

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
        Optional<String> problem = problem(value, MAX_LATIN);
        if (problem.isPresent()) {
            throw invalid(
                    "Expected a value for the header " + name + " that can be sent, but it has " + problem.get() + ".");
        }
        headers.put(name, value);
    }

    /** What keeps a text from being sent where only ASCII can be, in words that do not show it; empty for nothing. */
    public static Optional<String> problemInAscii(String text) {
        return problem(text, MAX_ASCII);
    }

    private static Optional<String> problem(String value, int highest) {
        return value.codePoints()
                .filter(each -> each > highest || (Character.isISOControl(each) && each < 0x80 && each != '\t'))
                .mapToObj(RequestHeaders::named)
                .findFirst();
    }

    private static String named(int codePoint) {
        return switch (codePoint) {
            case '\n', '\r' -> "a line break";
            case 0 -> "a NUL character";
            default ->
                (Character.isISOControl(codePoint) ? "a control character" : "a character that headers cannot carry")
                        + " (U+" + HexFormat.of().withUpperCase().toHexDigits(codePoint, codePoint > 0xffff ? 6 : 4)
                        + ")";
        };
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

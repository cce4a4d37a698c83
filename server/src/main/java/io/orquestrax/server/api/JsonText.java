package io.orquestrax.server.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Reads the JSON text that a caller sent; what is wrong with it becomes a {@link ServiceException} with a place. */
public final class JsonText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private JsonText() {}

    /**
     * @param utf8 one JSON value; RFC 8259
     * @throws ServiceException {@code malformed-json} with line and column, or {@code invalid-encoding}
     */
    public static JsonNode parse(byte[] utf8) {
        String text = decode(utf8);
        if (text.isBlank()) {
            throw malformed("Expected one JSON value, but there is none", 1, 1);
        }
        JsonNode value;
        try {
            value = Json.read(text);
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed);
        }
        // Half a surrogate pair is grammatical JSON, yet nothing can write it down again in UTF-8.
        if (text.contains("\\u")) {
            rejectLoneSurrogates(value);
        }
        return value;
    }

    /**
     * Without a byte order mark.
     *
     * @throws ServiceException {@code invalid-encoding}
     */
    public static String decode(byte[] utf8) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(utf8);
        CharBuffer text = CharBuffer.allocate(utf8.length);
        CoderResult result = decoder.decode(bytes, text, true);
        if (result.isError()) {
            throw new ServiceException(
                    ErrorCode.INVALID_ENCODING,
                    "Expected UTF-8, but the byte at offset %d (0x%02x) is not part of it"
                            .formatted(bytes.position(), utf8[bytes.position()] & 0xff));
        }
        text.flip();
        if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
            text.get();
        }
        return text.toString();
    }

    private static ServiceException malformed(JsonProcessingException cause) {
        JsonLocation location = cause.getLocation();
        String message = Json.reason(cause);
        return location == null
                ? malformed("Expected one JSON value, but: " + message, 1, 1)
                : malformed(
                        "Expected one JSON value, but: " + message,
                        Math.max(1, location.getLineNr()),
                        Math.max(1, location.getColumnNr()));
    }

    private static ServiceException malformed(String message, int line, int column) {
        return new ServiceException(
                ErrorCode.MALFORMED_JSON,
                message + " (line " + line + ", column " + column + ")",
                List.of(new Problem(
                        ErrorCode.MALFORMED_JSON.text(), message, "", line, column, Problem.Severity.ERROR)));
    }

    private static void rejectLoneSurrogates(JsonNode root) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            JsonNode value = open.remove();
            if (value.isTextual()) {
                requireWellFormed(value.textValue());
            }
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                requireWellFormed(member.getKey());
            }
            value.forEach(open::add);
        }
    }

    private static void requireWellFormed(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new ServiceException(
                    ErrorCode.INVALID_ENCODING,
                    "Expected whole characters, but a string holds half of a surrogate pair (\\ud800 to \\udfff alone)");
        }
    }
}

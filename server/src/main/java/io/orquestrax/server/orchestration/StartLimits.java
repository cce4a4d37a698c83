package io.orquestrax.server.orchestration;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a start may carry. */
final class StartLimits {
    static final int MAX_KEY_LENGTH = 256;
    static final int MAX_TAGS = 32;
    static final int MAX_TAG_NAME_LENGTH = 64;
    static final int MAX_TAG_VALUE_LENGTH = 256;

    private final long maxPayloadBytes;

    StartLimits(long maxPayloadBytes) {
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /**
     * @throws ServiceException where the request goes beyond a limit
     */
    void check(StartRequest request) {
        int size = Json.writeBytes(request.input()).length;
        if (size > maxPayloadBytes) {
            throw new ServiceException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "Expected an input of at most " + maxPayloadBytes + " bytes, but it has " + size + ".");
        }
        String key = request.key();
        if (key != null) {
            checkText("the key", key, MAX_KEY_LENGTH);
        }
        if (request.tags().size() > MAX_TAGS) {
            throw invalid("Expected at most " + MAX_TAGS + " tags, but got "
                    + request.tags().size() + ".");
        }
        for (Map.Entry<String, String> tag : request.tags().entrySet()) {
            checkText("the name of a tag", tag.getKey(), MAX_TAG_NAME_LENGTH);
            if (!tag.getValue().isEmpty()) {
                checkText("the tag " + tag.getKey(), tag.getValue(), MAX_TAG_VALUE_LENGTH);
            }
        }
    }

    private static void checkText(String what, String text, int maxLength) {
        if (text.isBlank() || text.length() > maxLength) {
            throw invalid("Expected " + what + " to have 1 to " + maxLength + " characters, but it has "
                    + (text.isBlank() ? "none" : text.length()) + ".");
        }
        // PostgreSQL stores no NUL, and half a surrogate pair is no text at all.
        for (int index = 0; index < text.length(); index++) {
            if (Character.isISOControl(text.charAt(index))) {
                throw invalid("Expected " + what + " without control characters, but the one at index " + index
                        + " is U+" + String.format("%04X", (int) text.charAt(index)) + ".");
            }
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw invalid("Expected " + what + " to be whole Unicode text, but it holds half a surrogate pair.");
        }
    }

    private static ServiceException invalid(String detail) {
        return new ServiceException(ErrorCode.INVALID_REQUEST, detail);
    }
}

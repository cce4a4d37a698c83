package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks CloudEvents 1.0 in their JSON format and brings them into the form in which they are kept: no attribute is
 * null, and {@code data} is JSON wherever it can be.
 */
public final class CloudEventReader {
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]+");
    private static final int MAX_TEXT = 2_048;

    private final long maxBytes;

    /**
     * @param maxBytes of one event as JSON text
     */
    public CloudEventReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @throws ServiceException {@code invalid-event} or {@code payload-too-large}, with the place
     */
    public ObjectNode event(JsonNode json) {
        return event(json, "");
    }

    /**
     * @throws ServiceException as {@link #event}; the place begins with the event's position from 0
     */
    public List<ObjectNode> batch(JsonNode json) {
        if (!json.isArray()) {
            throw invalid("Expected an array of events", "", json);
        }
        List<ObjectNode> events = new ArrayList<>(json.size());
        for (JsonNode event : json) {
            events.add(event(event, "/" + events.size()));
        }
        return events;
    }

    private ObjectNode event(JsonNode json, String place) {
        if (!(json instanceof ObjectNode object)) {
            throw invalid("Expected an event, which is an object", place, json);
        }
        ObjectNode event = Json.NODES.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            put(event, member.getKey(), member.getValue(), place);
        }
        requireVersion(event, place);
        for (String required : List.of("id", "source", "type")) {
            if (!event.has(required)) {
                throw invalid("Expected the attribute " + required + " at " + place + "/" + required
                        + ", but there is no such member.");
            }
        }
        decode(event, place);
        requireSize(event, place);
        return event;
    }

    private static void put(ObjectNode event, String name, JsonNode value, String place) {
        String pointer = place + "/" + name.replace("~", "~0").replace("/", "~1");
        if (name.equals("data")) {
            event.set(name, value);
            return;
        }
        if (value.isNull()) {
            return;
        }
        if (!name.equals("data_base64") && !ATTRIBUTE.matcher(name).matches()) {
            throw invalid("Expected attributes named in lower-case letters and digits, but got \"" + name + "\" at "
                    + (place.isEmpty() ? "the top" : place) + ".");
        }
        switch (name) {
            case "id", "type", "subject", "specversion", "datacontenttype" -> requireText(value, pointer);
            case "source", "dataschema" -> requireUri(value, pointer);
            case "time" -> requireTime(value, pointer);
            case "data_base64" -> {
                if (!value.isTextual()) {
                    throw invalid("Expected text in Base64", pointer, value);
                }
            }
            default -> {
                if (value.isContainerNode()) {
                    throw invalid("Expected a text, a number or a boolean, as every extension is,", pointer, value);
                }
            }
        }
        event.set(name, value);
    }

    private static void requireText(JsonNode value, String pointer) {
        if (!value.isTextual()) {
            throw invalid("Expected a text", pointer, value);
        }
        String text = value.textValue();
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw invalid("Expected 1 to " + MAX_TEXT + " characters at " + pointer + ", but there are " + text.length()
                    + ".");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("Expected no control character at " + pointer + ", but there is one.");
        }
    }

    private static void requireUri(JsonNode value, String pointer) {
        requireText(value, pointer);
        try {
            new URI(value.textValue());
        } catch (URISyntaxException notAUri) {
            throw invalid("Expected a URI reference at " + pointer + ", but got \"" + value.textValue() + "\": "
                    + notAUri.getReason() + ".");
        }
    }

    private static void requireTime(JsonNode value, String pointer) {
        requireText(value, pointer);
        try {
            OffsetDateTime.parse(value.textValue());
        } catch (DateTimeException notATime) {
            throw invalid("Expected a time as in RFC 3339, such as 2030-01-31T12:00:00Z, at " + pointer + ", but got \""
                    + value.textValue() + "\".");
        }
    }

    private static void requireVersion(ObjectNode event, String place) {
        JsonNode version = event.get("specversion");
        if (version == null || !version.textValue().equals("1.0")) {
            throw invalid("Expected \"1.0\" at " + place + "/specversion, but "
                    + (version == null ? "there is no such member." : "got \"" + version.textValue() + "\"."));
        }
    }

    /** Data in Base64 becomes JSON or text where its type says that it is. */
    private static void decode(ObjectNode event, String place) {
        JsonNode base64 = event.get("data_base64");
        if (base64 == null) {
            return;
        }
        if (event.has("data")) {
            throw invalid("Expected data or data_base64 at " + (place.isEmpty() ? "the top" : place)
                    + ", but there are both.");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.textValue());
        } catch (IllegalArgumentException notBase64) {
            throw invalid("Expected text in Base64 at " + place + "/data_base64, but: " + notBase64.getMessage() + ".");
        }
        event.remove("data_base64");
        EventData.put(event, bytes);
    }

    private void requireSize(ObjectNode event, String place) {
        int size = Json.writeBytes(event).length;
        if (size > maxBytes) {
            throw new ServiceException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "Expected events of at most " + maxBytes + " bytes, but the one at "
                            + (place.isEmpty() ? "the top" : place) + " has " + size + ".");
        }
    }

    private static ServiceException invalid(String expectation, String place, JsonNode actual) {
        return invalid(expectation + " at " + (place.isEmpty() ? "the top" : place) + ", but got "
                + actual.getNodeType().name().toLowerCase(Locale.ROOT) + ".");
    }

    private static ServiceException invalid(String detail) {
        return new ServiceException(ErrorCode.INVALID_EVENT, detail);
    }
}

package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event whose attributes are headers, and whose data is the body (CloudEvents, HTTP binding, section 3.1). */
public final class BinaryEvent {
    public static final String HEADER = "ce-";

    private BinaryEvent() {}

    /**
     * The event in the JSON format, not checked yet.
     *
     * @param attributes by their header's whole name
     * @param contentType of the body; absent where the request says none
     */
    public static ObjectNode read(Map<String, String> attributes, @Nullable String contentType, byte[] body) {
        ObjectNode event = Json.NODES.objectNode();
        attributes.forEach(
                (name, value) -> event.put(name.toLowerCase(Locale.ROOT).substring(HEADER.length()), decoded(value)));
        if (contentType != null) {
            event.put("datacontenttype", contentType);
        }
        if (body.length > 0) {
            EventData.put(event, body);
        }
        return event;
    }

    /** Percent-encoded where a header could not hold it (section 3.1.3.2). */
    private static String decoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}

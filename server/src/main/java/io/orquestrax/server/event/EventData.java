package io.orquestrax.server.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.MediaType;
import io.orquestrax.dsl.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Bytes as the data of an event in the JSON format. */
final class EventData {
    private EventData() {}

    /**
     * JSON where {@code datacontenttype} says so, text where it is text, else Base64. What is not what its type says
     * stays in Base64, for an event's data is its sender's affair.
     */
    static void put(ObjectNode event, byte[] bytes) {
        Optional<MediaType> type = type(event);
        if (type.filter(EventData::isJson).isPresent()) {
            try {
                event.set("data", Json.read(bytes));
                return;
            } catch (JsonProcessingException notJson) {
                // Kept as it is.
            }
        } else if (type.filter(EventData::isText).isPresent()) {
            try {
                Charset charset = type.get().charset(StandardCharsets.UTF_8);
                event.put(
                        "data",
                        charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
                return;
            } catch (CharacterCodingException notText) {
                // Kept as it is.
            }
        }
        event.put("data_base64", Base64.getEncoder().encodeToString(bytes));
    }

    private static Optional<MediaType> type(ObjectNode event) {
        try {
            return Optional.ofNullable(event.get("datacontenttype")).map(text -> MediaType.parse(text.asText()));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static boolean isJson(MediaType type) {
        return type.isJson() || type.subtype().endsWith("+json");
    }

    private static boolean isText(MediaType type) {
        return type.type().equals("text")
                || type.subtype().equals("xml")
                || type.subtype().endsWith("+xml");
    }
}

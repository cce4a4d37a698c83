package io.orquestrax.sdk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON text as it travels: kept byte for byte, and read as a tree, a record or any other type when asked.
 *
 * <p>Trees keep every digit of every number. Times are RFC 3339 text, durations ISO 8601 text. Members that the target
 * type does not know are ignored.
 */
public final class Payload {
    private static final JsonMapper MAPPER = mapper();

    private final byte[] utf8;

    private Payload(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Writes a value as JSON: a record, a map, a list, a {@link JsonNode}, a text, a number, null; a payload stays as
     * it is.
     *
     * @throws PayloadException where the value cannot be written as JSON
     */
    public static Payload of(@Nullable Object value) {
        if (value instanceof Payload payload) {
            return payload;
        }
        try {
            return new Payload(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException unwritable) {
            String type = value == null ? "null" : value.getClass().getName();
            throw new PayloadException(
                    "Expected a value that can be written as JSON, but a " + type + " cannot: "
                            + unwritable.getOriginalMessage(),
                    unwritable);
        }
    }

    /** Takes JSON text as it is; whether it is JSON is found out by who reads it. */
    public static Payload ofJson(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes JSON text as it is.
     *
     * @param utf8 in UTF-8
     */
    public static Payload ofJson(byte[] utf8) {
        return new Payload(utf8.clone());
    }

    /** The JSON text. */
    public String text() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** The JSON text in UTF-8. */
    public byte[] bytes() {
        return utf8.clone();
    }

    /** Bytes of the JSON text. */
    public int size() {
        return utf8.length;
    }

    /**
     * The JSON as a tree.
     *
     * @throws PayloadException where the text is not one JSON value
     */
    public JsonNode tree() {
        return as(JsonNode.class);
    }

    /**
     * The JSON as a value of this type.
     *
     * @throws PayloadException where the text is not JSON, or does not fit the type
     */
    public <T> T as(Class<T> type) {
        return read(MAPPER.constructType(type));
    }

    /**
     * For generic types: {@code as(new TypeReference<List<Order>>() {})}.
     *
     * @throws PayloadException where the text is not JSON, or does not fit the type
     */
    public <T> T as(TypeReference<T> type) {
        return read(MAPPER.constructType(type));
    }

    // The public doors give the type as a class or a reference; Jackson's own form of it has no parameter.
    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T read(JavaType type) {
        T value;
        try {
            value = MAPPER.readValue(utf8, type);
        } catch (JsonProcessingException unfit) {
            throw new PayloadException(
                    "Expected JSON that fits " + type.toCanonical() + ", but " + unfit.getOriginalMessage(), unfit);
        } catch (IOException unreadable) {
            throw new PayloadException("Expected JSON in UTF-8, but " + unreadable.getMessage(), unreadable);
        }
        if (value == null) {
            throw new PayloadException("Expected JSON that fits " + type.toCanonical() + ", but it is null", null);
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload payload && Arrays.equals(utf8, payload.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return text();
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder(JsonFactory.builder()
                        // The default is one a thread, and most threads here live for one task.
                        .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(500)
                                .maxStringLength(Integer.MAX_VALUE)
                                .build())
                        .build())
                .addModule(new JavaTimeModule())
                .nodeFactory(JsonNodeFactory.instance)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
    }
}

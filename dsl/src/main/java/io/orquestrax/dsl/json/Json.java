package io.orquestrax.dsl.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** JSON text and trees, both ways, with every number kept digit by digit. */
public final class Json {
    /** Deepest nesting that is read. */
    public static final int MAX_DEPTH = 500;

    public static final JsonNodeFactory NODES = new JsonNodeFactory(true);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // The default is one a thread, and most threads here live for one task.
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(1000)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .nodeFactory(NODES)
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = MAPPER.writer();

    /** Where the library has no text to show, it says so at length. */
    private static final Pattern NO_SOURCE = Pattern.compile(" \\(start marker at \\[.*?]\\)");

    private Json() {}

    /**
     * @throws JsonProcessingException where it is not one JSON value; the message and location say what and where
     */
    public static JsonNode read(String text) throws JsonProcessingException {
        return READER.readValue(text);
    }

    /**
     * @param utf8 JSON text
     * @throws JsonProcessingException where it is not one JSON value in UTF-8
     */
    public static JsonNode read(byte[] utf8) throws JsonProcessingException {
        try {
            return READER.readValue(utf8);
        } catch (JsonProcessingException malformed) {
            throw malformed;
        } catch (IOException invalidEncoding) {
            throw new com.fasterxml.jackson.core.JsonParseException(
                    null, invalidEncoding.getMessage(), invalidEncoding);
        }
    }

    /** What is wrong with it, in one line, without the place. */
    public static String reason(JsonProcessingException malformed) {
        String first = malformed.getOriginalMessage().lines().findFirst().orElse("not JSON");
        return NO_SOURCE.matcher(first).replaceAll("");
    }

    /** For text that this product wrote itself. */
    public static JsonNode readTrusted(String text) {
        try {
            return read(text);
        } catch (JsonProcessingException corrupt) {
            throw new UncheckedIOException(corrupt);
        }
    }

    public static String write(JsonNode value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * @param mostChars of the text
     * @return empty where the text would be longer, which is found out without making it
     */
    public static Optional<String> write(JsonNode value, int mostChars) {
        BoundedText text = new BoundedText(mostChars);
        try {
            WRITER.writeValue(text, value);
            return Optional.of(text.toString());
        } catch (BoundedText.FullException tooLong) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static byte[] writeBytes(JsonNode value) {
        try {
            return WRITER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

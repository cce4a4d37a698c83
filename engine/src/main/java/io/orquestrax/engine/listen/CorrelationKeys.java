package io.orquestrax.engine.listen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.effect.SubscriptionKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** How the two ends of a correlation meet: what a listener expects, and what is found in an event. */
public final class CorrelationKeys {
    private CorrelationKeys() {}

    /**
     * @param sources the jq programs that find the values in an event
     * @param values what they are expected to find, in the same order
     */
    public static SubscriptionKey.Correlation of(List<String> sources, List<JsonNode> values) {
        ArrayNode shape = Json.NODES.arrayNode();
        sources.forEach(shape::add);
        return new SubscriptionKey.Correlation(Json.write(shape), match(values));
    }

    /** The same for values that are equal: members of objects in any order, numbers by their value. */
    public static String match(List<JsonNode> values) {
        ArrayNode array = Json.NODES.arrayNode();
        array.addAll(values);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(ComparableJson.text(array).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Expected SHA-256 in every JDK, but it is missing", impossible);
        }
    }
}

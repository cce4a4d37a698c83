package io.orquestrax.server.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** Tells the repetition of a start from another start with the same key. */
final class Fingerprint {
    private static final String HIGHEST = "";

    private Fingerprint() {}

    /**
     * SHA-256 of the version as it was asked for, so that a repetition is one also where a higher version came between,
     * and of the input with the members of its objects in order.
     */
    static String of(StartRequest request) {
        String version = request.version();
        return of(version == null ? HIGHEST : version, request.input());
    }

    /** Of the starts that may have led to an instance of this version: by the version, and as the highest. */
    static List<String> ofEither(String version, JsonNode input) {
        return List.of(of(HIGHEST, input), of(version, input));
    }

    private static String of(String version, JsonNode input) {
        String text = version + '\n' + Json.write(canonical(input));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Depth is bounded by what {@link Json} reads. */
    private static JsonNode canonical(JsonNode value) {
        if (value.isArray()) {
            var array = Json.NODES.arrayNode();
            value.forEach(element -> array.add(canonical(element)));
            return array;
        }
        if (!value.isObject()) {
            return value;
        }
        TreeSet<String> names = new TreeSet<>();
        value.fieldNames().forEachRemaining(names::add);
        ObjectNode ordered = Json.NODES.objectNode();
        names.forEach(name -> ordered.set(name, canonical(value.get(name))));
        return ordered;
    }
}

package io.orquestrax.server.connector.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secret texts by {@link #MASK}, also where they stand encoded.
 *
 * <p>A text of fewer than {@link #SHORTEST_INSIDE} characters is masked only where it stands alone: inside other texts it
 * would be found everywhere.
 */
public final class Redaction {
    public static final String MASK = "***";

    static final int SHORTEST_INSIDE = 4;

    /** Of a character of a secret, in characters of a text: three bytes of UTF-8, each in nine. */
    private static final int LONGEST_ESCAPE = 27;

    private final Map<Integer, Set<SecretForm>> inside = new HashMap<>();
    private final Set<String> alone = new HashSet<>();
    private int longest;

    /** Every text and number in the value is secret from now on. */
    public void add(JsonNode value) {
        if (value.isTextual() || value.isNumber()) {
            add(value.asText());
        }
        value.forEach(this::add);
    }

    public void add(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (text.length() < SHORTEST_INSIDE) {
            alone.add(text);
            return;
        }
        longest = Math.max(longest, text.length());
        EncodedForms.of(text)
                .forEach(form -> form.beginnings()
                        .forEach(first -> inside.computeIfAbsent(first, _ -> new LinkedHashSet<>())
                                .add(form)));
    }

    /** How much of a text before a place has to be known to tell what of a secret stands there. */
    public int reach() {
        return Math.max(1024, Math.multiplyExact(longest, LONGEST_ESCAPE));
    }

    /** Whether the text holds a secret. */
    public boolean isSecret(String text) {
        return alone.contains(text) || !masked(text, 0, false).equals(text);
    }

    public String mask(String text) {
        return alone.contains(text) ? MASK : masked(text, 0, false);
    }

    /** As {@link #mask(String)}, of a text that goes on: what may be the beginning of a secret at its end is left out. */
    public String maskUnfinished(String text) {
        return maskUnfinished(text, 0);
    }

    /**
     * As the other one.
     *
     * @param from what stands before is not given back, and is there to know the secrets that go beyond this place
     */
    public String maskUnfinished(String text, int from) {
        return alone.contains(text.substring(from)) ? MASK : masked(text, from, true);
    }

    private String masked(String text, int from, boolean isUnfinished) {
        if (inside.isEmpty()) {
            return text.substring(from);
        }
        Escapes escapes = new Escapes(text);
        StringBuilder masked = new StringBuilder();
        int copied = from;
        int covered = 0;
        for (int start = 0; start < text.length(); start++) {
            int end = end(escapes, start, isUnfinished);
            if (end == SecretForm.CUT) {
                return masked.append(text, copied, Math.max(copied, start)).toString();
            }
            if (end > Math.max(covered, from)) {
                boolean isAnother = start >= covered || covered <= from;
                masked.append(text, copied, Math.max(copied, start)).append(isAnother ? MASK : "");
                copied = end;
            }
            covered = Math.max(covered, end);
        }
        return masked.append(text, copied, text.length()).toString();
    }

    /** Of the longest secret that begins at a place; of several that the end of the text cuts, {@link SecretForm#CUT}. */
    private int end(Escapes text, int start, boolean isUnfinished) {
        char first = text.text().charAt(start);
        if (!Escapes.mayBegin(first)) {
            return end(text, start, inside.getOrDefault((int) first, Set.of()), isUnfinished);
        }
        Set<SecretForm> candidates = new LinkedHashSet<>();
        for (Escapes.Reading reading : text.at(start)) {
            candidates.addAll(inside.getOrDefault(reading.value(), Set.of()));
        }
        return end(text, start, candidates, isUnfinished);
    }

    private static int end(Escapes text, int start, Set<SecretForm> candidates, boolean isUnfinished) {
        int furthest = SecretForm.NONE;
        for (SecretForm candidate : candidates) {
            int end = candidate.end(text, start, SHORTEST_INSIDE);
            if (end == SecretForm.CUT && isUnfinished) {
                return end;
            }
            furthest = end == SecretForm.CUT ? furthest : Math.max(furthest, end);
        }
        return furthest;
    }

    /**
     * What a reader says of a text that it cannot read.
     *
     * @param reason may cite a part of the text, cut where half a secret would be left
     */
    public String reason(String text, String reason) {
        return isSecret(text) ? "it holds a secret, so that the place is not shown" : reason;
    }

    /** Also the names of members. */
    public JsonNode mask(JsonNode value) {
        if (inside.isEmpty() && alone.isEmpty()) {
            return value;
        }
        if (value.isTextual() || value.isNumber()) {
            String text = value.asText();
            String masked = mask(text);
            return masked.equals(text) ? value : Json.NODES.textNode(masked);
        }
        if (value.isArray()) {
            ArrayNode array = Json.NODES.arrayNode(value.size());
            value.forEach(item -> array.add(mask(item)));
            return array;
        }
        if (value.isObject()) {
            ObjectNode object = Json.NODES.objectNode();
            value.properties().forEach(member -> object.set(mask(member.getKey()), mask(member.getValue())));
            return object;
        }
        return value;
    }

    /** Of any kind of content: bytes that spell no secret stay as they are. */
    public byte[] mask(byte[] content) {
        if (inside.isEmpty() && alone.isEmpty()) {
            return content;
        }
        String asLatin = new String(content, StandardCharsets.ISO_8859_1);
        boolean isAlone = alone.contains(new String(content, StandardCharsets.UTF_8));
        String masked = isAlone ? MASK : mask(asLatin);
        return masked.equals(asLatin) ? content : masked.getBytes(StandardCharsets.ISO_8859_1);
    }

    public WorkflowError mask(WorkflowError error) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        error.members().forEach((name, value) -> members.put(mask(name), mask(value)));
        return new WorkflowError(
                mask(error.type()),
                error.status(),
                maskPresent(error.instance()),
                maskPresent(error.title()),
                maskPresent(error.detail()),
                members);
    }

    private @Nullable String maskPresent(@Nullable String text) {
        return text == null ? null : mask(text);
    }
}

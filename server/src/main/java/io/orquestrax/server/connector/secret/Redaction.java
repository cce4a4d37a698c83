package io.orquestrax.server.connector.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final Set<String> inside = new TreeSet<>(LONGEST_FIRST);
    private final Set<String> alone = new HashSet<>();

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
        EncodedForms.of(text).filter(form -> form.length() >= SHORTEST_INSIDE).forEach(inside::add);
    }

    /** Whether the text holds a secret. */
    public boolean isSecret(String text) {
        return alone.contains(text) || inside.stream().anyMatch(text::contains);
    }

    public String mask(String text) {
        if (alone.contains(text)) {
            return MASK;
        }
        String masked = text;
        for (String secret : inside) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
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
        String masked = asLatin;
        if (alone.contains(new String(content, StandardCharsets.UTF_8))) {
            masked = MASK;
        }
        for (String secret : inside) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            masked = masked.replace(new String(bytes, StandardCharsets.ISO_8859_1), MASK);
        }
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

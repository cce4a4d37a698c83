package io.orquestrax.dashboard.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import gg.jte.TemplateOutput;
import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as a page shows it: indented, and cut where it is too long to be read there.
 *
 * @param size of the whole value in bytes
 * @param rawHref where all of it is
 */
public record JsonView(String text, boolean isCut, long size, String rawHref) implements Content {
    /** Longest text that a page shows of one value, in characters. */
    public static final int LIMIT = 16_000;

    /** The same for one value of one step, of which a page shows many. */
    private static final int STEP_LIMIT = 2_000;

    /**
     * @param json JSON text; null where there is no value
     */
    public static @Nullable JsonView ofText(@Nullable String json, String rawHref) {
        if (json == null) {
            return null;
        }
        long size = json.getBytes(StandardCharsets.UTF_8).length;
        // Reading and indenting megabytes for a view of some lines would only slow the page down.
        if (json.length() > LIMIT * 16) {
            return new JsonView(cut(json, LIMIT), true, size, rawHref);
        }
        try {
            return of(Json.read(json), size, rawHref, LIMIT);
        } catch (JsonProcessingException notJson) {
            return new JsonView(cut(json, LIMIT), json.length() > LIMIT, size, rawHref);
        }
    }

    /** Of an input or output of a step; null stays null. */
    public static @Nullable JsonView ofStep(@Nullable JsonNode value, String rawHref) {
        return value == null ? null : of(value, Json.writeBytes(value).length, rawHref, STEP_LIMIT);
    }

    private static JsonView of(JsonNode value, long size, String rawHref, int limit) {
        String text = new JsonIndent(limit + 1).write(value);
        return new JsonView(cut(text, limit), text.length() > limit, size, rawHref);
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end);
    }

    @Override
    public void writeTo(TemplateOutput output) {
        new JsonPaint(output).write(text);
    }
}

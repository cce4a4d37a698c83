package io.orquestrax.dashboard.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * How far a worker says that it is.
 *
 * @param percent 0 to 100; null where the worker gave no number
 * @param text in the worker's words; empty where the number says it all
 */
public record Progress(@Nullable Integer percent, String text) {
    private static final int LONGEST = 120;

    /** Understands a number, and an object with percent, or done and total, and a message; shows the rest as it is. */
    static @Nullable Progress of(@Nullable JsonNode progress) {
        if (progress == null || progress.isNull()) {
            return null;
        }
        if (progress.isNumber()) {
            double value = progress.asDouble();
            return new Progress(percent(value <= 1 && !progress.isInt() ? value * 100 : value), "");
        }
        if (progress.isTextual()) {
            return new Progress(null, cut(progress.asText()));
        }
        String message = progress.path("message").asText("");
        JsonNode done = progress.path("done");
        JsonNode total = progress.path("total");
        if (progress.path("percent").isNumber()) {
            return new Progress(percent(progress.path("percent").asDouble()), cut(message));
        }
        if (done.isNumber() && total.isNumber() && total.asDouble() > 0) {
            String counts = done.asText() + " of " + total.asText();
            return new Progress(
                    percent(done.asDouble() / total.asDouble() * 100),
                    cut(message.isEmpty() ? counts : counts + ", " + message));
        }
        return new Progress(null, cut(message.isEmpty() ? Json.write(progress) : message));
    }

    private static int percent(double value) {
        return (int) Math.clamp(Math.round(value), 0, 100);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…" : text;
    }
}

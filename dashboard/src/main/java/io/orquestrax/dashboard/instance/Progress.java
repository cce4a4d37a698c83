package io.orquestrax.dashboard.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a worker says that it is.
 *
 * @param percent 0 to 100; null where the worker gave no number
 * @param text in the worker's words; empty where the number or the lines say it all
 * @param lines that a process wrote last; empty for none
 */
public record Progress(@Nullable Integer percent, String text, String lines) {
    private static final int LONGEST = 120;
    private static final int MOST_LINES = 10;

    Progress(@Nullable Integer percent, String text) {
        this(percent, text, "");
    }

    /**
     * Understands a number, and an object with percent, or done and total, and a message, or with what a process wrote;
     * shows the rest as it is.
     */
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
        if (progress.path("stdout").isTextual()) {
            return new Progress(null, "", lastLines(progress.path("stdout").textValue()));
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

    private static String lastLines(String text) {
        List<String> lines = text.lines().toList();
        return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()).stream()
                .map(Progress::cut)
                .collect(Collectors.joining("\n"));
    }

    private static int percent(double value) {
        return (int) Math.clamp(Math.round(value), 0, 100);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…" : text;
    }
}

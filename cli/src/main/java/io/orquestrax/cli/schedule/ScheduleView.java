package io.orquestrax.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.definition.DefinitionName;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One trigger as the REST API tells it, read by name. */
record ScheduleView(JsonNode json) {

    DefinitionName definition() {
        return DefinitionName.of(json.path("definition"));
    }

    String description() {
        return json.path("description").asText();
    }

    boolean isPaused() {
        return json.path("paused").asBoolean();
    }

    String lastInstance() {
        return json.path("lastInstanceId").asText("");
    }

    /** "in 3 min", "paused", or what it waits for. */
    String next(Style style, Instant now) {
        if (isPaused()) {
            return style.yellow(Style.mark("suspended") + " paused");
        }
        return time("nextAt").map(next -> Times.relative(next, now)).orElse(waitsFor());
    }

    /** Empty where it never started an instance. */
    String last(Instant now) {
        return time("firedAt").map(last -> Times.relative(last, now)).orElse("");
    }

    /** Its fields under each other, then its next times. */
    List<String> lines(Style style, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(definition().text()) + "  " + description() + "  " + next(style, now));
        String firedAt = json.path("firedAt").asText("");
        String count = json.path("firedCount").asText("0");
        if (firedAt.isEmpty()) {
            lines.add(field(style, "last", "never"));
        } else {
            lines.add(field(style, "last", firedAt + "  " + last(now) + "  " + lastInstance()));
            lines.add(field(style, "runs", count));
        }
        String name = "next";
        for (JsonNode time : json.path("upcoming")) {
            lines.add(field(style, name, time.asText() + "  " + Times.relative(Instant.parse(time.asText()), now)));
            name = "";
        }
        return lines;
    }

    private String waitsFor() {
        return json.path("trigger").asText().equals("after") ? "when the last one ends" : "when the events come";
    }

    private Optional<Instant> time(String member) {
        String text = json.path(member).asText("");
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    private static String field(Style style, String name, String value) {
        return style.faint("  %-5s".formatted(name)) + " " + value;
    }
}

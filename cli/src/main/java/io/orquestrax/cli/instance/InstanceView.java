package io.orquestrax.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.definition.DefinitionName;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Times;
import io.orquestrax.dsl.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An instance as the REST API tells it, read by name. */
record InstanceView(JsonNode json) {
    private static final Set<String> CLOSED = Set.of("completed", "faulted", "cancelled");

    String id() {
        return json.path("id").asText();
    }

    String status() {
        return json.path("status").asText();
    }

    boolean isClosed() {
        return CLOSED.contains(status());
    }

    DefinitionName definition() {
        return DefinitionName.of(json.path("definition"));
    }

    String key() {
        return json.path("key").asText("");
    }

    Optional<Instant> time(String member) {
        String text = json.path(member).asText("");
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    /** From start to end, or to now. */
    String length(Instant now) {
        return time("startedAt")
                .map(start ->
                        Times.length(Duration.between(start, time("closedAt").orElse(now))))
                .orElse("");
    }

    int exitCode() {
        return switch (status()) {
            case "completed" -> ExitCode.OK;
            case "faulted", "cancelled" -> ExitCode.WORKFLOW;
            default -> ExitCode.STILL_OPEN;
        };
    }

    /** One line: "✗ faulted after 3 s: communication (503) …". */
    String sentence(Style style, Instant now) {
        String end = isClosed() ? " after " + length(now) : "";
        String why = status().equals("faulted") ? ": " + errorLine(json.path("error")) : "";
        return style.state(status()) + end + why;
    }

    /** "title, or the type's last part; status; detail; at its place". */
    static String errorLine(JsonNode error) {
        String type = error.path("type").asText("");
        String title = error.path("title").asText("");
        StringBuilder line = new StringBuilder(title.isEmpty() ? type.substring(type.lastIndexOf('/') + 1) : title);
        if (error.has("status")) {
            line.append(" (").append(error.path("status").asText()).append(')');
        }
        if (!error.path("detail").asText("").isEmpty()) {
            line.append(": ").append(error.path("detail").asText());
        }
        if (!error.path("instance").asText("").isEmpty()) {
            line.append(" at ").append(error.path("instance").asText());
        }
        return line.toString();
    }

    /** Its fields under each other, and the documents as JSON. */
    List<String> lines(Style style, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(definition().text()) + "  " + sentence(style, now));
        lines.add(field(style, "id", id()));
        if (!key().isEmpty()) {
            lines.add(field(style, "key", key()));
        }
        time("startedAt")
                .ifPresent(start -> lines.add(field(style, "started", start + "  " + Times.relative(start, now))));
        time("closedAt").ifPresent(end -> lines.add(field(style, "closed", end + "  " + Times.relative(end, now))));
        time("wakeAt").ifPresent(wake -> lines.add(field(style, "wakes", wake + "  " + Times.relative(wake, now))));
        json.path("tags")
                .properties()
                .forEach(tag -> lines.add(
                        field(style, "tag", tag.getKey() + "=" + tag.getValue().asText())));
        for (String document : List.of("input", "output", "error")) {
            if (json.hasNonNull(document)) {
                lines.add(field(style, document, Json.write(json.path(document))));
            }
        }
        return lines;
    }

    private static String field(Style style, String name, String value) {
        return style.faint("  %-8s".formatted(name)) + " " + value;
    }
}

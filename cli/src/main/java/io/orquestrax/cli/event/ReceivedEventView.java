package io.orquestrax.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Times;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One event as the REST API tells it, read by name. */
record ReceivedEventView(JsonNode json) {

    String position() {
        return text("position");
    }

    String text(String member) {
        return json.path(member).asText("");
    }

    String state(Style style) {
        String state = text("state");
        String tone = switch (state) {
            case "waiting", "offered" -> "waiting";
            case "consumed" -> "completed";
            case "expired" -> "cancelled";
            default -> "pending";
        };
        return style.inStateColour(tone, Style.mark(tone) + " " + state);
    }

    String received(Instant now) {
        return Times.relative(Instant.parse(text("receivedAt")), now);
    }

    /** Who took it, or until when somebody may. */
    String outcome(Instant now) {
        int taken = json.path("taken").asInt();
        int offered = json.path("offered").asInt();
        return switch (text("state")) {
            case "consumed" -> taken == 0 ? "" : "by " + instances(taken);
            case "waiting" -> "expires " + keptUntil(now);
            case "offered" -> "to " + instances(offered) + "; expires " + keptUntil(now);
            default -> "";
        };
    }

    /** Its fields under each other, then its data. */
    List<String> lines(Style style, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(text("type")) + "  " + state(style) + "  " + outcome(now));
        lines.add(field(style, "id", text("id")));
        lines.add(field(style, "source", text("source")));
        if (json.has("subject")) {
            lines.add(field(style, "subject", text("subject")));
        }
        lines.add(field(style, "received", text("receivedAt") + "  " + received(now)));
        lines.add(field(style, "expires", text("keptUntil") + "  " + keptUntil(now)));
        if (json.has("emittedBy")) {
            lines.add(field(style, "emitted", "by " + text("emittedBy")));
        }
        String name = "taken by";
        for (JsonNode taker : json.path("takers")) {
            lines.add(field(style, name, taker.asText()));
            name = "";
        }
        JsonNode data = json.path("event").path("data");
        if (!data.isMissingNode()) {
            lines.add(field(style, "data", Json.write(data)));
        }
        return lines;
    }

    private String keptUntil(Instant now) {
        return Times.relative(Instant.parse(text("keptUntil")), now);
    }

    private static String instances(int number) {
        return number + (number == 1 ? " instance" : " instances");
    }

    private static String field(Style style, String name, String value) {
        return style.faint("  %-8s".formatted(name)) + " " + value;
    }
}

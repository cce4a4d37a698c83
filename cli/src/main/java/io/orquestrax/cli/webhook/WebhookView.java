package io.orquestrax.cli.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.cli.terminal.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One webhook as the REST API tells it, read by name. */
record WebhookView(JsonNode json) {

    static void print(Terminal terminal, OutputOptions output, JsonNode json) {
        if (output.json()) {
            OutputOptions.printJson(terminal, json);
        } else {
            new WebhookView(json).lines(terminal).forEach(terminal.out()::println);
        }
    }

    String name() {
        return json.path("name").asText();
    }

    String path() {
        return json.path("path").asText();
    }

    String scheme() {
        return json.at("/configuration/verification/scheme").asText();
    }

    String state(Style style) {
        boolean enabled = json.at("/configuration/enabled").asBoolean(true);
        String tone = enabled ? "completed" : "suspended";
        return style.inStateColour(tone, Style.mark(tone) + (enabled ? " enabled" : " disabled"));
    }

    String received(String what) {
        return json.path("received").path(what).asText("0");
    }

    /** When the newest request came; empty where none did. */
    String last(Terminal terminal) {
        return Times.ofMember(json.path("received"), "lastAt", terminal);
    }

    /** Its fields under each other. */
    private List<String> lines(Terminal terminal) {
        Style style = terminal.outStyle();
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(name()) + "  " + state(style));
        lines.add(field(style, "path", path()));
        String secret = json.at("/configuration/verification/secret").asText("");
        lines.add(field(style, "sender", scheme() + (secret.isEmpty() ? "" : ", with the secret " + secret)));
        for (Map.Entry<String, JsonNode> attribute :
                json.at("/configuration/event").properties()) {
            lines.add(field(style, attribute.getKey(), attribute.getValue().asText()));
        }
        lines.add(field(
                style,
                "received",
                received("accepted") + " accepted, " + received("duplicates") + " duplicates, " + received("refused")
                        + " refused  " + last(terminal)));
        String refusal = json.at("/received/lastRefusal").asText("");
        if (!refusal.isEmpty()) {
            lines.add(field(style, "refused", refusal));
        }
        lines.add(field(
                style,
                "changed",
                Times.ofMember(json, "changedAt", terminal) + " by "
                        + json.path("changedBy").asText()));
        return lines;
    }

    private static String field(Style style, String name, String value) {
        return style.faint("  %-8s".formatted(name)) + " " + value.stripTrailing();
    }
}

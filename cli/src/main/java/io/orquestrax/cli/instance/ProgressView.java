package io.orquestrax.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Times;
import io.orquestrax.dsl.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps of an instance as lines, nested ones below the step they stand in. */
final class ProgressView {
    /** More steps than that are folded: a loop can have thousands. */
    private static final int MOST_LINES = 40;

    private final Style style;

    ProgressView(Style style) {
        this.style = style;
    }

    /** All steps, oldest first. */
    List<String> lines(JsonNode activations, Instant now) {
        Map<Long, Integer> depths = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (JsonNode activation : activations) {
            long parent = activation.path("parent").asLong(0);
            int depth = parent == 0 ? 0 : depths.getOrDefault(parent, 0) + 1;
            depths.put(activation.path("activation").asLong(), depth);
            lines.add("  ".repeat(depth) + line(activation, now));
        }
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> last = new ArrayList<>(lines.subList(lines.size() - MOST_LINES, lines.size()));
        last.addFirst(style.faint("… " + (lines.size() - MOST_LINES) + " earlier steps"));
        return last;
    }

    /** One step: mark, name, what it is, how long, and why it stands where it stands. */
    String line(JsonNode activation, Instant now) {
        String state = activation.path("state").asText();
        StringBuilder line = new StringBuilder(style.inStateColour(state, Style.mark(state)));
        line.append(' ').append(style.bold(activation.path("name").asText()));
        String jobType = activation.path("jobType").asText("");
        line.append("  ")
                .append(style.faint(jobType.isEmpty() ? activation.path("kind").asText() : jobType));
        line.append("  ").append(style.inStateColour(state, state));
        int attempt = activation.path("attempt").asInt(0);
        if (attempt > 1) {
            line.append(", attempt ").append(attempt);
        }
        length(activation, now, line);
        if (activation.hasNonNull("error")) {
            line.append("  ").append(style.red(InstanceView.errorLine(activation.path("error"))));
        }
        if (state.equals("running") && activation.hasNonNull("progress")) {
            line.append("  ").append(style.faint(Json.write(activation.path("progress"))));
        }
        String explanation = activation.path("explanation").asText("");
        if (!explanation.isEmpty()) {
            line.append("  ").append(style.yellow(explanation));
        }
        return line.toString();
    }

    private void length(JsonNode activation, Instant now, StringBuilder line) {
        String start = activation.path("startedAt").asText("");
        String end = activation.path("endedAt").asText("");
        String due = activation.path("dueAt").asText("");
        if (!due.isEmpty() && end.isEmpty()) {
            line.append(style.faint(" until " + due + ", " + Times.relative(Instant.parse(due), now)));
        } else if (!start.isEmpty()) {
            Instant until = end.isEmpty() ? now : Instant.parse(end);
            Duration length = Duration.between(Instant.parse(start), until);
            line.append(style.faint("  " + Times.length(length.isNegative() ? Duration.ZERO : length)));
        }
    }
}

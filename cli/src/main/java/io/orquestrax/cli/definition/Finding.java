package io.orquestrax.cli.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.List;

/** One mistake in a file, told as compilers do: place, message, the line and a caret below the column. */
record Finding(String code, String message, String pointer, int line, int column, boolean warning) {
    private static final int LONGEST_LINE = 160;

    static Finding of(Problem problem) {
        return new Finding(
                problem.code(),
                problem.message(),
                problem.pointer(),
                problem.line(),
                problem.column(),
                problem.severity() == Problem.Severity.WARNING);
    }

    /**
     * @param violation of problem details
     */
    static Finding of(JsonNode violation) {
        return new Finding(
                violation.path("code").asText(),
                violation.path("message").asText(),
                violation.path("pointer").asText(),
                violation.path("line").asInt(),
                violation.path("column").asInt(),
                violation.path("warning").asBoolean()
                        || violation.path("severity").asText().equalsIgnoreCase("warning"));
    }

    ObjectNode asJson() {
        ObjectNode json = Json.NODES.objectNode();
        json.put("code", code);
        json.put("message", message);
        json.put("pointer", pointer);
        json.put("line", line);
        json.put("column", column);
        json.put("severity", warning ? "warning" : "error");
        return json;
    }

    List<String> lines(SourceFile file, Style style) {
        List<String> lines = new ArrayList<>();
        String kind = warning ? style.yellow("warning") : style.red("error");
        lines.add(style.bold(place(file)) + ": " + kind + ": " + message + " " + style.faint("[" + code + "]"));
        String text = file.line(line);
        if (!text.isBlank() && text.length() <= LONGEST_LINE) {
            String gutter = "%5d | ".formatted(line);
            lines.add(style.faint(gutter) + text);
            lines.add(style.faint("      | ") + beforeCaret(text) + style.red("^"));
        }
        return lines;
    }

    private String place(SourceFile file) {
        return line > 0 ? file.name() + ":" + line + ":" + Math.max(1, column) : file.name();
    }

    /** Tabs stay, so that the caret stands where the terminal puts the column. */
    private String beforeCaret(String text) {
        String before = text.substring(0, Math.clamp(column - 1L, 0, text.length()));
        return before.replaceAll("[^\t]", " ");
    }
}

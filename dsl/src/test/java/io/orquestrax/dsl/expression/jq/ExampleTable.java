package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A table of examples: blocks of a program, its input and its results, one a line, between blank lines. Lines that
 * begin with "# " say something to the reader, those that begin with "## " begin a section.
 */
final class ExampleTable {
    private ExampleTable() {}

    /**
     * @param section what the example is for
     * @param results JSON texts
     */
    record Example(String section, String program, String input, List<String> results) {

        /** The results that a JSON reader makes of the text, in one array. */
        String expected() {
            return "[" + String.join(",", results) + "]";
        }

        boolean isReadable() {
            try {
                Json.read(input);
                Json.read(expected());
                return true;
            } catch (JsonProcessingException notJson) {
                return false;
            }
        }
    }

    static List<Example> manual() {
        return read("manual-1.7.txt");
    }

    static List<Example> read(String resource) {
        List<Example> examples = new ArrayList<>();
        String section = "";
        for (String block : text(resource).split("\n\\s*\n")) {
            List<String> lines = block.lines()
                    .filter(line -> !line.startsWith("# ") && !line.isBlank())
                    .toList();
            if (lines.isEmpty()) {
                continue;
            }
            if (lines.getFirst().startsWith("## ")) {
                section = lines.getFirst().substring("## ".length());
            } else {
                examples.add(new Example(section, lines.get(0), lines.get(1), lines.subList(2, lines.size())));
            }
        }
        return examples;
    }

    private static String text(String resource) {
        try (InputStream stream = Objects.requireNonNull(ExampleTable.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

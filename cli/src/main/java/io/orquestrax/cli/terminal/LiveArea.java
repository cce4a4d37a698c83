package io.orquestrax.cli.terminal;

import java.io.PrintStream;
import java.util.List;

/** Lines at the bottom of a terminal that are drawn again in place. */
public final class LiveArea {
    private final PrintStream stream;
    private final int width;
    private int drawn;

    public LiveArea(PrintStream stream, int width) {
        this.stream = stream;
        this.width = width;
    }

    /** Replaces what was drawn before. */
    public void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        for (String line : lines) {
            text.append('\r').append(fit(line)).append("\u001b[K\n");
        }
        text.append("\u001b[J");
        stream.print(text);
        stream.flush();
        drawn = lines.size();
    }

    /** A wrapped line would take two rows, and the next drawing would begin one row too low. */
    private String fit(String line) {
        if (Table.seen(line) < width) {
            return line;
        }
        StringBuilder kept = new StringBuilder();
        int columns = 0;
        for (int index = 0; index < line.length() && columns < width - 2; ) {
            if (line.charAt(index) == '\u001b') {
                int end = line.indexOf('m', index) + 1;
                kept.append(line, index, end);
                index = end;
            } else {
                int point = line.codePointAt(index);
                kept.appendCodePoint(point);
                index += Character.charCount(point);
                columns++;
            }
        }
        return kept + "\u001b[0m…";
    }
}

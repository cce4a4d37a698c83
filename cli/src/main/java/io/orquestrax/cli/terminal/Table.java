package io.orquestrax.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows under headings, aligned by what is seen. */
public final class Table {
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** As many cells as headings; they may be coloured. */
    public void add(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("Expected " + headings.size() + " cells, but there are " + cells.length);
        }
        rows.add(List.of(cells));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, headings first. */
    public List<String> lines(Style style) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            widths.add(widthOf(column));
        }
        List<String> lines = new ArrayList<>();
        lines.add(style.faint(line(headings, widths)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    public void print(Terminal terminal) {
        lines(terminal.outStyle()).forEach(terminal.out()::println);
    }

    private int widthOf(int column) {
        int width = seen(headings.get(column));
        for (List<String> row : rows) {
            width = Math.max(width, seen(row.get(column)));
        }
        return width;
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(column == 0 ? "" : GAP).append(cell);
            if (column < cells.size() - 1) {
                line.repeat(' ', widths.get(column) - seen(cell));
            }
        }
        return line.toString().stripTrailing();
    }

    /** Columns that the text takes. */
    static int seen(String text) {
        String plain = SEQUENCE.matcher(text).replaceAll("");
        return plain.codePointCount(0, plain.length());
    }
}

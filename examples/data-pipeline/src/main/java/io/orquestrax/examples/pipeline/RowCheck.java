package io.orquestrax.examples.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/** Which records are rows that can be used, and why the others cannot. */
record RowCheck(List<Column> columns) {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    /** The reason to reject the record; empty where it is a row. */
    Optional<String> rejection(CSVRecord values) {
        if (isBlank(values)) {
            return Optional.of("blank line");
        }
        if (values.size() != columns.size()) {
            return Optional.of("expected " + columns.size() + " values, but found " + values.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            String value = values.get(i).strip();
            Column column = columns.get(i);
            if (value.isEmpty()) {
                return Optional.of("expected a value in column " + column.name() + ", but it is blank");
            }
            if (column.numeric() && !isNumber(value)) {
                return Optional.of(
                        "expected a number in column " + column.name() + ", but found \"" + shortened(value) + "\"");
            }
        }
        return Optional.empty();
    }

    static boolean isBlank(CSVRecord values) {
        return values.size() == 1 && values.get(0).isBlank();
    }

    static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches() && Double.isFinite(Double.parseDouble(value));
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}

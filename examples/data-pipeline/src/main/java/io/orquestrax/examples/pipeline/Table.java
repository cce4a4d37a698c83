package io.orquestrax.examples.pipeline;

import io.orquestrax.sdk.worker.JobContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The numbers of a file's rows, and for each row the number of its label; its size is bounded by {@link CsvFile}. */
final class Table {
    private static final int MAX_LABELS = 1_000;

    private final List<Column> numericColumns;
    private final Optional<Column> labelColumn;
    private final List<double[]> points = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final Map<String, Integer> labelNumbers = new LinkedHashMap<>();

    private Table(List<Column> columns) {
        this.numericColumns = columns.stream().filter(Column::numeric).toList();
        this.labelColumn =
                columns.reversed().stream().filter(column -> !column.numeric()).findFirst();
    }

    static Table read(CsvFile file, List<Column> columns, JobContext job) throws IOException {
        Table table = new Table(columns);
        RowCheck check = new RowCheck(columns);
        int[] numeric = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).numeric())
                .toArray();
        if (numeric.length == 0) {
            throw PipelineError.NOTHING_TO_CLUSTER.in(file.reference(), "no column holds numbers");
        }
        int label = table.labelColumn.map(columns::indexOf).orElse(-1);
        file.forEach((line, values) -> {
            if (check.rejection(values).isEmpty()) {
                table.points.add(IntStream.of(numeric)
                        .mapToDouble(i -> Double.parseDouble(values.get(i).strip()))
                        .toArray());
                if (label >= 0) {
                    table.addLabel(file, line, values.get(label).strip());
                }
            }
            IngestFile.beat(job, "reading", values.getRecordNumber() - 1);
        });
        return table;
    }

    private void addLabel(CsvFile file, long line, String text) {
        labels.add(labelNumbers.computeIfAbsent(text, absent -> labelNumbers.size()));
        if (labelNumbers.size() > MAX_LABELS) {
            throw PipelineError.FILE_TOO_LARGE.in(
                    file.reference(),
                    line,
                    "its column of labels, " + labelColumn.map(Column::name).orElse("") + ", has more than "
                            + MAX_LABELS + " different ones");
        }
    }

    int rows() {
        return points.size();
    }

    double[] point(int row) {
        return points.get(row);
    }

    List<Column> numericColumns() {
        return numericColumns;
    }

    Optional<Column> labelColumn() {
        return labelColumn;
    }

    int labelCount() {
        return labelNumbers.size();
    }

    /** From 0, in the order in which the labels first stand in the file. */
    int label(int row) {
        return labels.get(row);
    }

    List<String> labelTexts() {
        return List.copyOf(labelNumbers.keySet());
    }
}

package io.orquestrax.examples.pipeline;

import io.orquestrax.sdk.worker.JobContext;
import io.orquestrax.sdk.worker.JobHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a CSV file twice: once to learn which columns hold numbers (those where more than half of the values are), once
 * to count the rows and to find the lines that are none.
 */
final class IngestFile implements JobHandler<IngestFile.Input, IngestFile.Report> {
    static final int ROWS_PER_HEARTBEAT = 10_000;
    private static final int LISTED_REJECTIONS = 100;

    private final Workspace workspace;

    IngestFile(Workspace workspace) {
        this.workspace = workspace;
    }

    record Input(String file) {}

    /**
     * @param file a reference to the file, for the next step
     * @param rows lines that can be used
     * @param rejected how many lines cannot
     * @param rejections the first hundred of them
     */
    record Report(String file, long rows, List<Column> columns, long rejected, List<Rejection> rejections) {}

    /**
     * @param line from 1; the header is line 1
     */
    record Rejection(long line, String reason) {}

    @Override
    public Report handle(Input input, JobContext job) throws IOException {
        if (input.file() == null || input.file().isBlank()) {
            throw PipelineError.WRONG_INPUT.in("(no file)", "the input has no member \"file\"");
        }
        CsvFile file = new CsvFile(workspace.existing(input.file()), input.file());
        List<Column> columns = columns(file, job);
        Lines lines = new Lines(new RowCheck(columns), job);
        file.forEach(lines::accept);
        job.logger().info("Read {}: {} rows, {} lines rejected", input.file(), lines.rows, lines.rejected);
        return new Report(
                workspace.reference(file.path()), lines.rows, columns, lines.rejected, List.copyOf(lines.rejections));
    }

    private static List<Column> columns(CsvFile file, JobContext job) throws IOException {
        List<String> names = file.header();
        long[] filled = new long[names.size()];
        long[] numbers = new long[names.size()];
        file.forEach((line, values) -> {
            if (values.size() == names.size() && !RowCheck.isBlank(values)) {
                for (int i = 0; i < filled.length; i++) {
                    String value = values.get(i).strip();
                    filled[i] += value.isEmpty() ? 0 : 1;
                    numbers[i] += RowCheck.isNumber(value) ? 1 : 0;
                }
            }
            beat(job, "columns", values.getRecordNumber() - 1);
        });
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < filled.length; i++) {
            columns.add(new Column(names.get(i), 2 * numbers[i] > filled[i]));
        }
        if (columns.stream().noneMatch(Column::numeric)) {
            throw PipelineError.NOTHING_TO_CLUSTER.in(
                    file.reference(), "no column holds numbers: " + String.join(", ", names));
        }
        return columns;
    }

    static void beat(JobContext job, String phase, long rows) {
        if (rows % ROWS_PER_HEARTBEAT == 0) {
            job.heartbeat(Map.of("phase", phase, "rows", rows));
        }
    }

    private static final class Lines {
        private final RowCheck check;
        private final JobContext job;
        private final List<Rejection> rejections = new ArrayList<>();
        private long rows;
        private long rejected;

        Lines(RowCheck check, JobContext job) {
            this.check = check;
            this.job = job;
        }

        void accept(long line, org.apache.commons.csv.CSVRecord values) {
            Optional<String> reason = check.rejection(values);
            if (reason.isEmpty()) {
                rows++;
            } else {
                rejected++;
                if (rejections.size() < LISTED_REJECTIONS) {
                    rejections.add(new Rejection(line, reason.get()));
                }
            }
            beat(job, "rows", values.getRecordNumber() - 1);
        }
    }
}

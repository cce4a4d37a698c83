package io.orquestrax.examples.pipeline;

import io.orquestrax.sdk.worker.JobContext;
import io.orquestrax.sdk.worker.JobHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Clusters the rows of a file by their numbers, compares the clusters with the label column (the last one that holds no
 * numbers), and writes the rows with their cluster to a file of its own.
 */
final class ClusterRows implements JobHandler<ClusterRows.Input, ClusterRows.Report> {
    private final Workspace workspace;

    ClusterRows(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * @param file a reference, as the ingestion reported it
     * @param columns as the ingestion reported them
     * @param clusters how many; null for as many as there are labels
     */
    record Input(
            String file, List<Column> columns, @Nullable Integer clusters) {}

    /**
     * @param file a reference to the rows with their cluster, for the next step
     * @param label the column that the clusters were compared with; null where there is none
     * @param accuracy part of the rows, 0 to 1, whose label is the most frequent one of their cluster; null without
     *     labels
     */
    record Report(
            String file,
            int rows,
            List<ClusterReport> clusters,
            @Nullable String label,
            @Nullable Double accuracy) {}

    /**
     * @param cluster from 1, in the order of the centroids
     * @param label the most frequent one; null without labels
     */
    record ClusterReport(
            int cluster,
            int size,
            Map<String, Double> centroid,
            @Nullable String label) {}

    @Override
    public Report handle(Input input, JobContext job) throws IOException {
        if (input.file() == null || input.columns() == null) {
            throw PipelineError.WRONG_INPUT.in("(no file)", "the input lacks \"file\" or \"columns\"");
        }
        CsvFile file = new CsvFile(workspace.existing(input.file()), input.file());
        Table table = Table.read(file, input.columns(), job);
        int count = clusterCount(input, table);
        Clustering clustering = Clustering.of(table, count, job);
        Path target = Path.of("work", job.instanceId(), "clustered.csv");
        Path written = workspace.write(target, output -> write(output, file, input.columns(), clustering, job));
        job.logger().info("Put {} rows of {} into {} clusters", table.rows(), input.file(), count);
        return new Report(
                workspace.reference(written),
                table.rows(),
                clustering.reports(),
                table.labelColumn().map(Column::name).orElse(null),
                clustering.accuracy());
    }

    private static int clusterCount(Input input, Table table) {
        if (table.rows() == 0) {
            throw PipelineError.NOTHING_TO_CLUSTER.in(input.file(), "it has no row that can be used");
        }
        Integer asked = input.clusters();
        if (asked == null && table.labelColumn().isEmpty()) {
            throw PipelineError.WRONG_INPUT.in(
                    input.file(), "the input names no number of clusters, and the file has no column of labels");
        }
        int count = asked == null ? table.labelCount() : asked;
        int most = Math.min(table.rows(), Clustering.MAX_CLUSTERS);
        if (count < 1 || count > most) {
            throw PipelineError.WRONG_INPUT.in(
                    input.file(), count + " clusters are wanted, where 1 to " + most + " are possible");
        }
        return count;
    }

    /** Reads the file once more, so that its text need not be kept in memory. */
    private static void write(
            OutputStream output, CsvFile file, List<Column> columns, Clustering clustering, JobContext job)
            throws IOException {
        RowCheck check = new RowCheck(columns);
        Writer writer = new OutputStreamWriter(output, StandardCharsets.UTF_8);
        CSVPrinter printer = new CSVPrinter(
                writer, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
        List<String> header = new ArrayList<>(columns.stream().map(Column::name).toList());
        header.add("cluster");
        printer.printRecord(header);
        int[] next = {0};
        file.forEach((line, values) -> {
            Optional<String> rejection = check.rejection(values);
            if (rejection.isEmpty()) {
                printer.printRecord(withCluster(values, clustering.clusterOf(next[0]++)));
            }
            IngestFile.beat(job, "writing", values.getRecordNumber() - 1);
        });
        printer.flush();
    }

    private static List<String> withCluster(CSVRecord values, int cluster) {
        List<String> row = new ArrayList<>();
        values.forEach(value -> row.add(value.strip()));
        row.add(Integer.toString(cluster));
        return row;
    }
}

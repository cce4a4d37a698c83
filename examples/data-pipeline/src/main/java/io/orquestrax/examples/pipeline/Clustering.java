package io.orquestrax.examples.pipeline;

import io.orquestrax.examples.pipeline.ClusterRows.ClusterReport;
import io.orquestrax.sdk.worker.JobContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.clustering.MultiKMeansPlusPlusClusterer;
import org.apache.commons.math3.random.Well19937c;
import org.jspecify.annotations.Nullable;

/** Which cluster each row of a table belongs to; the same for the same table every time. */
final class Clustering {
    static final int MAX_CLUSTERS = 100;
    private static final int SEED = 42;
    /** From several starts the best one is taken: a single one can end far from the optimum. */
    private static final int STARTS = 10;

    private static final int MAX_ITERATIONS = 200;
    /** Above this many rows one start has to do. */
    private static final int ROWS_FOR_SEVERAL_STARTS = 20_000;

    private final Table table;
    private final List<CentroidCluster<Row>> clusters;
    private final int[] clusterOfRow;
    private final int[][] labelCounts;

    private Clustering(Table table, List<CentroidCluster<Row>> clusters) {
        this.table = table;
        this.clusters = clusters;
        this.clusterOfRow = new int[table.rows()];
        this.labelCounts = new int[clusters.size()][table.labelCount()];
        for (int cluster = 0; cluster < clusters.size(); cluster++) {
            for (Row row : clusters.get(cluster).getPoints()) {
                clusterOfRow[row.number()] = cluster + 1;
                if (table.labelCount() > 0) {
                    labelCounts[cluster][table.label(row.number())]++;
                }
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared: a row is only handed to the library and back.
    private record Row(int number, double[] point) implements Clusterable {

        @Override
        public double[] getPoint() {
            return point;
        }
    }

    /** Numbers the clusters by their centroids, since the order in which the library finds them means nothing. */
    static Clustering of(Table table, int count, JobContext job) {
        List<Row> rows = IntStream.range(0, table.rows())
                .mapToObj(row -> new Row(row, table.point(row)))
                .toList();
        KMeansPlusPlusClusterer<Row> once =
                new KMeansPlusPlusClusterer<>(count, MAX_ITERATIONS, new ReportingDistance(job), new Well19937c(SEED));
        List<CentroidCluster<Row>> found = rows.size() > ROWS_FOR_SEVERAL_STARTS
                ? once.cluster(rows)
                : new MultiKMeansPlusPlusClusterer<>(once, STARTS).cluster(rows);
        List<CentroidCluster<Row>> ordered = new ArrayList<>(found);
        ordered.sort(Comparator.comparing(cluster -> cluster.getCenter().getPoint(), Arrays::compare));
        return new Clustering(table, ordered);
    }

    /** From 1. */
    int clusterOf(int row) {
        return clusterOfRow[row];
    }

    List<ClusterReport> reports() {
        List<ClusterReport> reports = new ArrayList<>();
        for (int cluster = 0; cluster < clusters.size(); cluster++) {
            CentroidCluster<Row> found = clusters.get(cluster);
            reports.add(new ClusterReport(
                    cluster + 1, found.getPoints().size(), centroid(found.getCenter()), majorityLabel(cluster)));
        }
        return reports;
    }

    /** Part of the rows whose label is the most frequent one of their cluster; null without labels. */
    @Nullable
    Double accuracy() {
        if (table.labelCount() == 0) {
            return null;
        }
        int matching = 0;
        for (int[] counts : labelCounts) {
            matching += Arrays.stream(counts).max().orElse(0);
        }
        return rounded((double) matching / table.rows());
    }

    private Map<String, Double> centroid(Clusterable center) {
        Map<String, Double> centroid = new LinkedHashMap<>();
        for (int i = 0; i < table.numericColumns().size(); i++) {
            centroid.put(table.numericColumns().get(i).name(), rounded(center.getPoint()[i]));
        }
        return centroid;
    }

    private @Nullable String majorityLabel(int cluster) {
        int[] counts = labelCounts[cluster];
        return IntStream.range(0, counts.length)
                .boxed()
                .max(Comparator.<Integer>comparingInt(label -> counts[label]).thenComparing(Comparator.reverseOrder()))
                .map(table.labelTexts()::get)
                .orElse(null);
    }

    /** To four decimals. */
    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}

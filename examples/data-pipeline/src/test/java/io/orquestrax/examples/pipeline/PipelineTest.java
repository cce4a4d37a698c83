package io.orquestrax.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orquestrax.examples.TestingJobContext;
import io.orquestrax.examples.pipeline.ClusterRows.ClusterReport;
import io.orquestrax.examples.pipeline.IngestFile.Rejection;
import io.orquestrax.sdk.worker.JobFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
    @TempDir
    Path directory = Path.of("");

    private final TestingJobContext job = new TestingJobContext();
    private Workspace workspace = new Workspace(Path.of(""));

    @BeforeEach
    void bringIris() throws IOException {
        workspace = new Workspace(directory);
        Files.copy(Path.of("iris.csv"), directory.resolve("iris.csv"));
    }

    @Test
    void irisIsTheRealDataSet() throws Exception {
        double[] sums = new double[4];
        try (Stream<String> lines = Files.lines(directory.resolve("iris.csv"))) {
            List<String[]> rows = lines.skip(1).map(line -> line.split(",", -1)).toList();
            assertThat(rows).hasSize(150);
            for (String species : List.of("setosa", "versicolor", "virginica")) {
                assertThat(rows).filteredOn(row -> row[4].equals(species)).hasSize(50);
            }
            for (String[] row : rows) {
                for (int i = 0; i < 4; i++) {
                    sums[i] += Double.parseDouble(row[i]);
                }
            }
        }
        assertThat(sums[0] / 150).isCloseTo(5.843, within(0.0005));
        assertThat(sums[1] / 150).isCloseTo(3.057, within(0.0005));
        assertThat(sums[2] / 150).isCloseTo(3.758, within(0.0005));
        assertThat(sums[3] / 150).isCloseTo(1.199, within(0.0005));
    }

    @Test
    void ingestsClustersAndArchivesIris() throws Exception {
        // when
        IngestFile.Report ingested = ingest("iris.csv");
        ClusterRows.Report processed = process(ingested, null);
        ArchiveRows.Report archived = archive(processed);

        // then
        assertThat(ingested.rows()).isEqualTo(150);
        assertThat(ingested.rejected()).isZero();
        assertThat(ingested.columns()).extracting(Column::numeric).containsExactly(true, true, true, true, false);
        assertThat(processed.label()).isEqualTo("species");
        assertThat(processed.clusters()).extracting(ClusterReport::size).containsExactlyInAnyOrder(50, 62, 38);
        assertThat(processed.clusters())
                .extracting(ClusterReport::label)
                .containsExactly("setosa", "versicolor", "virginica");
        assertThat(processed.accuracy()).isEqualTo(0.8933);
        assertThat(Files.size(directory.resolve(archived.path()))).isEqualTo(archived.bytes());
        assertThat(rowsIn(archived))
                .hasSize(151)
                .startsWith(
                        "sepal_length,sepal_width,petal_length,petal_width," + "species,cluster",
                        "5.1,3.5,1.4,0.2,setosa,1");
    }

    @Test
    void anotherAttemptWritesTheSameBytesToTheSamePlace() throws Exception {
        IngestFile.Report ingested = ingest("iris.csv");
        ArchiveRows.Report first = archive(process(ingested, null));
        byte[] bytes = Files.readAllBytes(directory.resolve(first.path()));

        ArchiveRows.Report second = archive(process(ingested, null));

        assertThat(second).isEqualTo(first);
        assertThat(Files.readAllBytes(directory.resolve(second.path()))).isEqualTo(bytes);
        try (Stream<Path> files = Files.list(directory.resolve("archive"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void countsAndNamesRejectedLines() throws Exception {
        write("mixed.csv", "x,y,kind\n1,2,a\n3,b\n\n4,five,b\n6,,b\n\"7\",\"8\",\"two\nlines\"\n9,10,c\n");

        IngestFile.Report report = ingest("mixed.csv");

        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.rejected()).isEqualTo(4);
        assertThat(report.rejections())
                .containsExactly(
                        new Rejection(3, "expected 3 values, but found 2"),
                        new Rejection(4, "blank line"),
                        new Rejection(5, "expected a number in column y, but found \"five\""),
                        new Rejection(6, "expected a value in column y, but it is blank"));
    }

    @Test
    void leavesRejectedLinesOutOfTheClusters() throws Exception {
        write("mixed.csv", "x,kind\n1,a\nwrong,a\n1,a\n100,b\n");

        ClusterRows.Report report = process(ingest("mixed.csv"), null);

        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.clusters()).extracting(ClusterReport::size).containsExactly(2, 1);
        assertThat(Files.readString(directory.resolve(report.file())))
                .isEqualTo("x,kind,cluster\n1,a,1\n1,a,1\n100,b,2\n");
    }

    @Test
    void clustersFilesWithoutLabelsWhereTheInputSaysHowMany() throws Exception {
        write("plain.csv", "x\n1\n2\n50\n51\n");

        ClusterRows.Report report = process(ingest("plain.csv"), 2);

        assertThat(report.clusters()).extracting(ClusterReport::size).containsExactly(2, 2);
        assertThat(report.label()).isNull();
        assertThat(report.accuracy()).isNull();
        assertFails(() -> process(ingest("plain.csv"), null), "wrong-input", "plain.csv");
        assertFails(() -> process(ingest("plain.csv"), 5), "wrong-input", "5 clusters");
    }

    @Test
    void namesTheFileThatIsMissing() {
        assertFails(() -> ingest("absent.csv"), "file-not-found", "absent.csv");
    }

    @Test
    void namesTheLineWhereAQuoteDoesNotEnd() throws Exception {
        write("open.csv", "x,y\n1,2\n3,\"4\n5,6\n");

        assertFails(() -> ingest("open.csv"), "malformed-file", "open.csv:3");
    }

    @Test
    void namesTheLineWithAQuoteInTheWrongPlace() throws Exception {
        write("quote.csv", "x,y\n1,2\n3,\"4\"4\n5,6\n");

        assertFails(() -> ingest("quote.csv"), "malformed-file", "quote.csv:3");
    }

    @Test
    void refusesFilesWithoutNumbers() throws Exception {
        write("words.csv", "a,b\nx,y\nz,w\n");

        assertFails(() -> ingest("words.csv"), "nothing-to-cluster", "words.csv");
    }

    @Test
    void refusesEmptyFiles() throws Exception {
        write("empty.csv", "");

        assertFails(() -> ingest("empty.csv"), "malformed-file", "empty.csv:1");
    }

    @Test
    void refusesWhatIsNotUtf8() throws Exception {
        Files.write(directory.resolve("latin.csv"), "x,y\n1,ü\n".getBytes(StandardCharsets.ISO_8859_1));

        assertFails(() -> ingest("latin.csv"), "malformed-file", "latin.csv");
    }

    @Test
    void refusesMoreRowsThanTheLimit() throws Exception {
        write("long.csv", "x\n" + "1\n".repeat(CsvFile.MAX_ROWS + 1));

        assertFails(() -> ingest("long.csv"), "file-too-large", "long.csv:" + (CsvFile.MAX_ROWS + 2));
    }

    @Test
    void tellsItsProgressAndStopsWhenItIsCancelled() throws Exception {
        write("long.csv", "x\n" + "1\n".repeat(25_000));

        ingest("long.csv");
        assertThat(job.heartbeats()).hasSizeGreaterThanOrEqualTo(4);
        job.cancel();

        assertThatThrownBy(() -> ingest("long.csv")).isInstanceOf(CancellationException.class);
    }

    @Test
    void readsFilesThatBeginWithAByteOrderMark() throws Exception {
        write("marked.csv", "\uFEFFx,y\r\n1,a\r\n2,b\r\n");

        assertThat(ingest("marked.csv").columns()).extracting(Column::name).containsExactly("x", "y");
    }

    private IngestFile.Report ingest(String file) throws IOException {
        return new IngestFile(workspace).handle(new IngestFile.Input(file), job);
    }

    private ClusterRows.Report process(IngestFile.Report ingested, @Nullable Integer clusters) throws IOException {
        return new ClusterRows(workspace)
                .handle(new ClusterRows.Input(ingested.file(), ingested.columns(), clusters), job);
    }

    private ArchiveRows.Report archive(ClusterRows.Report processed) throws IOException {
        return new ArchiveRows(workspace).handle(new ArchiveRows.Input(processed.file()), job);
    }

    private List<String> rowsIn(ArchiveRows.Report archived) throws IOException {
        try (ZipFile zip = new ZipFile(directory.resolve(archived.path()).toFile())) {
            ZipEntry entry = zip.getEntry("rows.csv");
            assertThat(entry).isNotNull();
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private static void assertFails(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable step, String type, String detail) {
        assertThatThrownBy(step).isInstanceOfSatisfying(JobFailure.class, failure -> {
            assertThat(failure.type()).endsWith(":" + type);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure).hasMessageContaining(detail);
        });
    }
}

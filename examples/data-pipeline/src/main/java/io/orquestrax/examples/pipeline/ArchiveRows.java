package io.orquestrax.examples.pipeline;

import io.orquestrax.sdk.worker.JobContext;
import io.orquestrax.sdk.worker.JobHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Puts the rows with their cluster into a zip file, whose path is the instance's: another attempt writes the same bytes
 * to the same place.
 */
final class ArchiveRows implements JobHandler<ArchiveRows.Input, ArchiveRows.Report> {
    /** Any fixed time will do: it keeps the bytes the same from one run to the next. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static final int BUFFER_BYTES = 64 << 10;

    private final Workspace workspace;

    ArchiveRows(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * @param file a reference, as the processing reported it
     */
    record Input(String file) {}

    /**
     * @param path a reference to the zip file
     * @param bytes its size
     * @param sha256 of the zip file, lower-case hex
     */
    record Report(String path, long bytes, String sha256) {}

    @Override
    public Report handle(Input input, JobContext job) throws IOException {
        if (input.file() == null) {
            throw PipelineError.WRONG_INPUT.in("(no file)", "the input has no member \"file\"");
        }
        Path rows = workspace.existing(input.file());
        Path target = Path.of("archive", job.instanceId() + ".zip");
        Path written = workspace.write(target, output -> zip(rows, output, job));
        Report report = new Report(workspace.reference(written), Files.size(written), sha256(written));
        job.logger().info("Archived {} as {}", input.file(), report.path());
        return report;
    }

    private static void zip(Path rows, OutputStream output, JobContext job) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(output);
                InputStream content = Files.newInputStream(rows)) {
            ZipEntry entry = new ZipEntry("rows.csv");
            entry.setTimeLocal(ENTRY_TIME);
            zip.putNextEntry(entry);
            byte[] buffer = new byte[BUFFER_BYTES];
            long total = 0;
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                zip.write(buffer, 0, count);
                total += count;
                job.heartbeat(Map.of("phase", "archiving", "bytes", total));
            }
            zip.closeEntry();
        }
    }

    private static String sha256(Path file) throws IOException {
        try (DigestInputStream content =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

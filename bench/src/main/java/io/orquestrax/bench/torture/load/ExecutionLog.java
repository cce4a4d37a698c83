package io.orquestrax.bench.torture.load;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the handlers of one worker have executed, in a file: each begin is written before the handler does anything, so
 * that the death of the process cannot take it away.
 */
public final class ExecutionLog implements AutoCloseable {
    private static final String SUFFIX = ".executions";

    /** No channel: the interrupt of a handler whose job is cancelled would close it. */
    private final FileOutputStream file;

    private ExecutionLog(FileOutputStream file) {
        this.file = file;
    }

    /**
     * The begin of one execution.
     *
     * @param jobId instance, activation and attempt, with dots between
     * @param worker in whose log it stands
     */
    public record Execution(String jobId, String worker) {

        public String instance() {
            return jobId.substring(0, jobId.indexOf('.'));
        }

        public long activation() {
            return Long.parseLong(jobId.substring(jobId.indexOf('.') + 1, jobId.lastIndexOf('.')));
        }

        public int attempt() {
            return Integer.parseInt(jobId.substring(jobId.lastIndexOf('.') + 1));
        }
    }

    /** Goes on with the file of an earlier life of the worker. */
    static ExecutionLog open(Path directory, String worker) throws IOException {
        return new ExecutionLog(
                new FileOutputStream(directory.resolve(worker + SUFFIX).toFile(), true));
    }

    synchronized void begin(String jobId) {
        try {
            file.write((jobId + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** All begins in the files of this directory. */
    public static List<Execution> read(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .flatMap(ExecutionLog::executions)
                    .toList();
        }
    }

    private static Stream<Execution> executions(Path file) {
        String name = file.getFileName().toString();
        String worker = name.substring(0, name.length() - SUFFIX.length());
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> execution(line, worker))
                    .flatMap(Optional::stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Empty for the half of a line that a killed process may leave behind. */
    private static Optional<Execution> execution(String line, String worker) {
        return line.matches("[0-9a-f-]{36}\\.[0-9]+\\.[0-9]+")
                ? Optional.of(new Execution(line, worker))
                : Optional.empty();
    }
}

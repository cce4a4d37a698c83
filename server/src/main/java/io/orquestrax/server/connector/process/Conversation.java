package io.orquestrax.server.connector.process;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.Redaction;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that is talked to in lines, and ends with the talk. */
public final class Conversation implements AutoCloseable {
    private static final int LAST_ERRORS_BYTES = 2000;

    private final WorkDirectory directory;
    private final RunningProcess running;
    private final InputStream lines;
    private final OutputStream out;
    private final Captured errors;
    private final int maxBytes;
    private int readBytes;

    private Conversation(WorkDirectory directory, RunningProcess running, int maxBytes) {
        this.directory = directory;
        this.running = running;
        this.maxBytes = maxBytes;
        this.lines = new BufferedInputStream(running.process().getInputStream());
        this.out = running.process().getOutputStream();
        this.errors = Captured.of(running.process().getErrorStream(), maxBytes);
    }

    /**
     * @param environment beside the usual one
     * @throws ConnectorFailure where it cannot start
     */
    public static Conversation start(Machine machine, List<String> words, Map<String, String> environment)
            throws ConnectorFailure, InterruptedException {
        WorkDirectory directory;
        try {
            directory = WorkDirectory.create();
        } catch (IOException noRoom) {
            throw ConnectorFailure.of(
                    StandardError.RUNTIME,
                    "Process not started",
                    "Expected a directory for the process, but: " + noRoom.getMessage());
        }
        boolean isStarted = false;
        try {
            RunningProcess running = machine.start(words, environment, directory.path());
            isStarted = true;
            return new Conversation(directory, running, machine.limits().outputMaxBytes());
        } finally {
            if (!isStarted) {
                directory.remove();
            }
        }
    }

    /**
     * @param line without a line break in it
     */
    public void write(String line) throws IOException {
        var _ = Pipes.await("process-input", () -> {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return line;
        });
    }

    /**
     * Empty at the end of what it writes.
     *
     * @throws ConnectorFailure where it writes more than a process may
     */
    public Optional<String> readLine() throws IOException, ConnectorFailure {
        Optional<byte[]> line = Pipes.await("process-output", this::nextLine);
        if (readBytes > maxBytes) {
            throw ConnectorFailure.of(
                    StandardError.RUNTIME,
                    "Output too large",
                    "Expected at most " + maxBytes + " bytes of the process, but there was more.");
        }
        return line.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** No more of it than the limit and a byte. */
    private Optional<byte[]> nextLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = lines.read(); read != '\n' && readBytes <= maxBytes; read = lines.read()) {
            if (read < 0) {
                return Optional.empty();
            }
            line.write(read);
            readBytes++;
        }
        return Optional.of(line.toByteArray());
    }

    /** The last whole lines that it wrote to standard error, without secrets. */
    public String lastErrors(Redaction secrets) {
        return errors.lastLines(LAST_ERRORS_BYTES, secrets);
    }

    /** Where it wrote more to standard error than a process may, which nobody reads then. */
    public Optional<ConnectorFailure> tooManyErrors() {
        return errors.isCut()
                ? Optional.of(ConnectorFailure.of(
                        StandardError.RUNTIME,
                        "Output too large",
                        "Expected at most " + maxBytes
                                + " bytes on standard error of the process, but there was more."))
                : Optional.empty();
    }

    /** Ends the process. */
    @Override
    public void close() {
        running.end();
        directory.remove();
    }
}

package io.orquestrax.server.connector.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a command to its end, or to a limit, in a directory that is there for it alone.
 *
 * @param reading how long the rest of its output may take to be read once it ended
 */
record Runner(Machine machine, Redaction secrets, Consumer<JsonNode> progress, Duration reading) {
    private static final long LOOK_MILLIS = 100;
    /** Looks between two looks at memory and files, and between two reports. */
    private static final int LOOKS_PER_MEASURE = 3;

    /** A program that is refused a process some times may know what to do; one that goes on and on does not. */
    private static final int MAX_REFUSALS = 1000;

    /** Once nothing runs that could write, all that is missing is a thread's turn to read. */
    private static final Duration READING = Duration.ofSeconds(30);

    Runner(Machine machine, Redaction secrets, Consumer<JsonNode> progress) {
        this(machine, secrets, progress, READING);
    }

    /**
     * @throws ConnectorFailure where it cannot start, or goes beyond a limit
     */
    Outcome run(Command command, Path directory) throws ConnectorFailure, InterruptedException {
        ProcessLimits limits = machine.limits();
        RunningProcess running = machine.start(command.words(), command.environment(), directory);
        try {
            Process process = running.process();
            Captured stdout = Captured.of(process.getInputStream(), limits.outputMaxBytes());
            Captured stderr = Captured.of(process.getErrorStream(), limits.outputMaxBytes());
            Pipes.begin("process-input", () -> write(command.input(), process.getOutputStream()));
            Optional<ConnectorFailure> exceeded = watch(running, stdout, stderr, directory);
            running.end();
            if (exceeded.isPresent()) {
                throw exceeded.get();
            }
            boolean isRead = stdout.awaitEnd(reading) && stderr.awaitEnd(reading);
            Optional<ConnectorFailure> tooMuch = outputLimit(stdout, stderr);
            if (tooMuch.isPresent()) {
                throw tooMuch.get();
            }
            if (!isRead) {
                throw ConnectorFailure.of(
                        StandardError.RUNTIME,
                        "Output not read",
                        "Expected to read all that the process wrote, but its output has no end: something that it"
                                + " started may have escaped and still hold it.");
            }
            return new Outcome(process.exitValue(), stdout.text(), stderr.text());
        } finally {
            running.end();
        }
    }

    /** Returns when the process ended, or with the limit that it went beyond. */
    private Optional<ConnectorFailure> watch(RunningProcess running, Captured stdout, Captured stderr, Path directory)
            throws InterruptedException {
        ProcessLimits limits = machine.limits();
        long deadlineNanos = System.nanoTime() + limits.timeout().toNanos();
        OutputReport report = new OutputReport(stdout, secrets, progress);
        for (int look = 1; !running.process().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS); look++) {
            if (System.nanoTime() > deadlineNanos) {
                return Optional.of(ConnectorFailure.of(
                        StandardError.TIMEOUT,
                        "Process timed out",
                        "Expected the process to end within " + limits.timeout().toMillis() + " ms, but it did not."));
            }
            if (hasTooManyProcesses(running)) {
                // Whoever starts processes without end starts more while it is asked to end.
                running.kill();
                return Optional.of(exceeded(
                        "Too many processes", "at most " + limits.maxProcesses() + " processes, but there were more"));
            }
            Optional<ConnectorFailure> exceeded = outputLimit(stdout, stderr);
            if (exceeded.isEmpty() && look % LOOKS_PER_MEASURE == 0) {
                exceeded = resourceLimit(running, directory);
                report.tell();
            }
            if (exceeded.isPresent()) {
                return exceeded;
            }
        }
        return Optional.empty();
    }

    private Optional<ConnectorFailure> outputLimit(Captured stdout, Captured stderr) {
        if (!stdout.isCut() && !stderr.isCut()) {
            return Optional.empty();
        }
        return Optional.of(exceeded(
                "Output too large",
                "the process to write at most " + machine.limits().outputMaxBytes() + " bytes on "
                        + (stdout.isCut() ? "standard output" : "standard error") + ", but it wrote more"));
    }

    private boolean hasTooManyProcesses(RunningProcess running) {
        if (running.confinement().isByKernel()) {
            return running.refusals() > MAX_REFUSALS;
        }
        return running.hasMoreThan(machine.limits().maxProcesses());
    }

    private Optional<ConnectorFailure> resourceLimit(RunningProcess running, Path directory) {
        ProcessLimits limits = machine.limits();
        if (RunningProcess.memoryBytes(running.members()) > limits.memoryMaxBytes()) {
            return Optional.of(exceeded(
                    "Too much memory",
                    "the processes to take at most " + limits.memoryMaxBytes()
                            + " bytes of memory, but they took more"));
        }
        return WorkDirectory.contents(directory).excess(limits);
    }

    private static ConnectorFailure exceeded(String title, String expectation) {
        return ConnectorFailure.of(StandardError.RUNTIME, title, "Expected " + expectation + ".");
    }

    private static void write(byte[] input, OutputStream stream) {
        try (stream) {
            stream.write(input);
        } catch (IOException notRead) {
            // A process need not read its input.
            return;
        }
    }
}

package io.orquestrax.bench.environment;

import io.orquestrax.cli.command.CommandFailure;
import java.io.BufferedReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of ours that says one line when it is ready, and ends with us. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);
    private static final int TOLD_LINES = 30;

    private final String name;
    private final Path log;
    private final Process process;
    private final String readyPrefix;
    private final CompletableFuture<String> readyLine = new CompletableFuture<>();

    private ChildProcess(String name, Path log, Process process, String readyPrefix) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.readyPrefix = readyPrefix;
    }

    /**
     * @param directory where it works, and where what it says is kept, after what an earlier one of the name said
     * @param readyPrefix of the line that says that it is ready; a JVM may say something of its own before
     */
    public static ChildProcess start(String name, Path directory, List<String> command, String readyPrefix) {
        Path log = directory.resolve(name + ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(Redirect.appendTo(log.toFile()));
            // Settings of the caller, such as those of a database, are not for what is measured here.
            builder.environment().keySet().removeIf(variable -> variable.startsWith("ORQUESTRAX_"));
            Process process = builder.start();
            ChildProcess child = new ChildProcess(name, log, process, readyPrefix);
            Thread.ofPlatform().daemon().name(name + "-output").start(child::readOutput);
            return child;
        } catch (IOException failed) {
            throw CommandFailure.unreachable("Expected to start the " + name + ", but " + failed, List.of(), failed);
        }
    }

    /** The line that says so. */
    public String awaitReady(Duration limit) throws InterruptedException {
        try {
            return readyLine.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw notReady("it was not within " + limit.toSeconds() + " s", late);
        } catch (ExecutionException ended) {
            throw notReady("it ended" + exitCode(), ended);
        }
    }

    public long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() throws InterruptedException {
        var _ = process.destroyForcibly().waitFor();
    }

    /**
     * SIGTERM.
     *
     * @return whether it has ended within the limit
     */
    public boolean terminate(Duration limit) throws InterruptedException {
        // By its handle: the process itself would close the streams, and its last words would be lost.
        process.toHandle().destroy();
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        // Its own children are remembered first: whoever is stopped by force cannot stop them.
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter copy = new PrintWriter(new FileWriter(log.toFile(), StandardCharsets.UTF_8, true), true)) {
            lines.lines().forEach(line -> {
                copy.println(line);
                if (line.startsWith(readyPrefix)) {
                    readyLine.complete(line);
                }
            });
        } catch (UncheckedIOException | IOException broken) {
            // The pipe broke with the process.
        }
        readyLine.completeExceptionally(new IllegalStateException("the output ended"));
    }

    /** The end of the output comes before that of the process. */
    private String exitCode() throws InterruptedException {
        return process.waitFor(EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS) ? " with " + process.exitValue() : "";
    }

    private CommandFailure notReady(String but, Exception cause) {
        return CommandFailure.unreachable(
                "Expected the " + name + " to be ready, but " + but + "; the end of " + log + ":", lastLines(), cause);
    }

    private List<String> lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}

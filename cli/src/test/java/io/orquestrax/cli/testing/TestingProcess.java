package io.orquestrax.cli.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A child process with what it wrote so far, standard output and standard error together. */
public final class TestingProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    private TestingProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = Thread.ofVirtual().name(name + "-output").start(this::read);
    }

    /** Its standard input stays open until it is closed here, or this JVM ends. */
    public static TestingProcess start(
            String name, List<String> command, Path workingDirectory, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workingDirectory.toFile())
                    .redirectErrorStream(true);
            builder.environment().keySet().removeIf(variable -> variable.startsWith("ORQUESTRAX_"));
            builder.environment().putAll(environment);
            return new TestingProcess(name, builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** It and all that it started, as they are now. */
    public List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        return family;
    }

    /**
     * The first line that matches, waiting for it.
     *
     * @throws AssertionError with all output, where the process ends or the limit is over without it
     */
    public String awaitLine(Predicate<String> wanted, Duration limit) {
        return awaitLine(wanted, 0, limit);
    }

    /** As the other, among the lines from this one on. */
    public synchronized String awaitLine(Predicate<String> wanted, int from, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        int next = from;
        while (true) {
            for (; next < lines.size(); next++) {
                if (wanted.test(lines.get(next))) {
                    return lines.get(next);
                }
            }
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (ended || leftMillis <= 0) {
                throw new AssertionError("Expected a certain line from " + name + ", but it "
                        + (ended ? "ended" : "was silent for " + limit) + " after:\n" + String.join("\n", lines));
            }
            waitFor(leftMillis);
        }
    }

    /** How many lines it has written so far. */
    public synchronized int lineCount() {
        return lines.size();
    }

    public synchronized String output() {
        return String.join("\n", lines);
    }

    /** SIGKILL: it gets no chance to do anything. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGINT, as Ctrl-C sends it. */
    public void interrupt() {
        signal("INT");
    }

    /** By name without SIG: STOP, CONT … */
    public void signal(String signal) {
        signal(pid(), signal);
    }

    static void signal(long pid, String signal) {
        try {
            int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError(
                        "Expected to send SIG" + signal + " to " + pid + ", but kill ended with " + status);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /**
     * The exit code.
     *
     * @throws AssertionError with all output, where it does not end within the limit
     */
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "Expected " + name + " to end within " + limit + ", but it wrote:\n" + output());
            }
            reader.join(Duration.ofSeconds(5));
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Nothing of it is left afterwards, however it has gone before. */
    @Override
    public void close() {
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().join());
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException brokenWithTheProcess) {
            // Its end is told below.
        }
        end();
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void waitFor(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}

package io.orquestrax.cli.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code orquestrax dev} as a process, with its database, its node and its worker, on a port of its own. */
public final class TestingDev implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");

    private final TestingProcess process;
    private final String address;

    private TestingDev(TestingProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param directory temporary and empty; holds its data and the examples
     */
    public static TestingDev start(Path directory) {
        try {
            Path home = TestingHome.make(Files.createDirectory(directory.resolve("home")));
            String data = directory.resolve("data").toString();
            TestingProcess process = TestingCommand.start(
                    "dev", directory, Optional.of(home), List.of("dev", "--port", "0", "--data", data));
            try {
                return new TestingDev(process, awaitReady(process));
            } catch (AssertionError failed) {
                process.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The address that it tells once it is ready. */
    public static String awaitReady(TestingProcess dev) {
        String line = dev.awaitLine(text -> text.contains("OrquestraX is ready"), READY_LIMIT);
        Matcher address = ADDRESS.matcher(line);
        if (!address.find()) {
            throw new AssertionError("Expected an address in the line of readiness, but it is: " + line);
        }
        return address.group();
    }

    /** The other JVMs of its family; what arguments a process has cannot be asked once they are long. */
    public static List<ProcessHandle> workersOf(TestingProcess dev) {
        return dev.family().stream()
                .filter(member -> member.pid() != dev.pid())
                .filter(member -> member.info().command().orElse("").endsWith("/java"))
                .toList();
    }

    public String address() {
        return address;
    }

    /** Its worker stands still, as it is, until it is resumed: no step ends meanwhile. */
    public void pauseWorker() {
        signalWorker("STOP");
    }

    public void resumeWorker() {
        signalWorker("CONT");
    }

    private void signalWorker(String signal) {
        List<ProcessHandle> workers = workersOf(process);
        if (workers.size() != 1) {
            throw new AssertionError("Expected one worker, but found " + workers + " after:\n" + process.output());
        }
        TestingProcess.signal(workers.getFirst().pid(), signal);
    }

    @Override
    public void close() {
        process.close();
    }
}

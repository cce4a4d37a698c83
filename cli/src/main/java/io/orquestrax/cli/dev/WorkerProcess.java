package io.orquestrax.cli.dev;

import io.orquestrax.cli.command.OwnProcess;
import io.orquestrax.cli.worker.WorkerCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A worker in a process of its own, started again when it dies.
 *
 * <p>It holds the other end of a pipe of ours and ends when the pipe does, so it never outlives this process, however
 * this one ends.
 */
final class WorkerProcess implements AutoCloseable {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A worker that ran so long was healthy: the next pause is a short one again. */
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private final List<String> command;
    private final Path directory;
    private final Consumer<String> log;
    private final CountDownLatch connected = new CountDownLatch(1);
    private final Thread keeper;
    private volatile boolean stopping;
    private volatile @Nullable Process process;

    private WorkerProcess(List<String> command, Path directory, Consumer<String> log) {
        this.command = command;
        this.directory = directory;
        this.log = log;
        this.keeper = Thread.ofPlatform().name("worker-keeper").daemon().unstarted(this::keepRunning);
    }

    /**
     * @param directory that the handlers find files in
     * @param log is told each line that the worker writes
     */
    static WorkerProcess start(String name, Path jars, Path directory, String server, Consumer<String> log) {
        List<String> command = OwnProcess.command(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of(
                        "worker",
                        "--jar",
                        jars.toString(),
                        "--name",
                        name,
                        "--server",
                        server,
                        "--drain-limit",
                        DRAIN_LIMIT.toString(),
                        "--ends-with-parent"));
        WorkerProcess worker = new WorkerProcess(command, directory, log);
        worker.keeper.start();
        return worker;
    }

    /** Whether it has connected for the first time within the limit. */
    boolean awaitConnected(Duration limit) throws InterruptedException {
        return connected.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        stopping = true;
        keeper.interrupt();
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            running.getOutputStream().close();
            if (!running.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (IOException alreadyGone) {
            running.destroyForcibly();
        } catch (InterruptedException interrupted) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void keepRunning() {
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            long began = System.nanoTime();
            int exitCode = runOnce();
            if (stopping) {
                return;
            }
            boolean wasHealthy = Duration.ofNanos(System.nanoTime() - began).compareTo(HEALTHY) > 0;
            pause = wasHealthy ? FIRST_PAUSE : pause;
            log.accept("ended with " + exitCode + "; started again in " + pause.toMillis() + " ms");
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stopped) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private int runOnce() {
        try {
            Process running = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process = running;
            if (stopping) {
                running.getOutputStream().close();
            }
            try (BufferedReader lines = running.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(this::told);
            } catch (UncheckedIOException ended) {
                // The pipe broke with the process.
            }
            return running.waitFor();
        } catch (IOException failed) {
            log.accept("Expected to start a worker, but " + failed.getMessage());
            return -1;
        } catch (InterruptedException stopped) {
            return 0;
        }
    }

    private void told(String line) {
        log.accept(line);
        if (line.startsWith(WorkerCommand.READY)) {
            connected.countDown();
        }
    }
}

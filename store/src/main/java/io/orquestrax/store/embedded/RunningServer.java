package io.orquestrax.store.embedded;

import io.orquestrax.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A live server process: a child of this one, or one that an earlier process left. */
final class RunningServer {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration FAST_STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE_STOP_LIMIT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final ServerDirectory files;
    private final ProcessHandle process;

    RunningServer(ServerDirectory files, ProcessHandle process) {
        this.files = files;
        this.process = process;
    }

    /** The process of the pid file, where it is alive and a server on this data; the number may be somebody else's now. */
    static Optional<RunningServer> orphan(ServerDirectory files, PidFile left) {
        return ProcessHandle.of(left.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> isServerOn(process.info(), files.data().toString()))
                .map(process -> new RunningServer(files, process));
    }

    private static boolean isServerOn(ProcessHandle.Info info, String data) {
        boolean isServer =
                info.command().map(command -> command.endsWith("/postgres")).orElse(true);
        boolean isOurs = info.arguments()
                .map(arguments -> Arrays.asList(arguments).contains(data))
                .orElse(true);
        return isServer && isOurs;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it accepts connections; recovery after a crash may take a while. */
    void awaitReady() throws IOException {
        if (!becomesReady()) {
            throw new StoreException("Expected the PostgreSQL server in " + files.root()
                    + " to start, but it ended. The end of its log:\n" + files.logTail());
        }
    }

    /** False if it ended instead. */
    boolean becomesReady() throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive()) {
            Optional<PidFile> file = files.pidFile();
            if (file.isPresent()
                    && file.get().pid() == process.pid()
                    && file.get().isReady()) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                stop();
                throw new StoreException("Expected the PostgreSQL server in " + files.root() + " to start within "
                        + START_LIMIT + ", but it did not. The end of its log:\n" + files.logTail());
            }
            pause();
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Expected to wait for the PostgreSQL server, but was interrupted", e);
        }
    }

    /** Returns when it has ended, and how long that took. */
    Duration stop() {
        long begin = System.nanoTime();
        signal("INT");
        if (!ends(FAST_STOP_LIMIT)) {
            signal("QUIT");
            if (!ends(IMMEDIATE_STOP_LIMIT)) {
                process.destroyForcibly();
                ends(IMMEDIATE_STOP_LIMIT);
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** {@code ProcessHandle.destroy} sends TERM, on which PostgreSQL waits for its clients. */
    private void signal(String name) {
        Shell.run(List.of("sh", "-c", "kill -" + name + " " + process.pid()));
    }

    private boolean ends(Duration limit) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        boolean interrupted = false;
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    end.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (TimeoutException | ExecutionException e) {
                    return !process.isAlive();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

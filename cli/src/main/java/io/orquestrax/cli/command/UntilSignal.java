package io.orquestrax.cli.command;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Keeps a process serving until SIGTERM or SIGINT, then closes what it runs. */
public final class UntilSignal {
    private static volatile boolean isClosing;

    private UntilSignal() {}

    /** Whether the process ends and closes what it runs, so that whatever still uses that may fail. */
    public static boolean isClosing() {
        return isClosing;
    }

    /**
     * Does not return: the process ends when all is closed.
     *
     * @param running closed in this order
     */
    public static void await(List<? extends AutoCloseable> running) {
        closeAtEnd(running);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One after the other, since a later one may be what an earlier one still needs.
     *
     * @param running may still grow, under its own lock
     */
    public static void closeAtEnd(List<? extends AutoCloseable> running) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("close-at-end").unstarted(() -> closeAll(running)));
    }

    private static void closeAll(List<? extends AutoCloseable> running) {
        isClosing = true;
        List<AutoCloseable> all;
        synchronized (running) {
            all = List.copyOf(running);
        }
        all.forEach(UntilSignal::close);
    }

    private static void close(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception failure) {
            System.err.println("Expected to close " + running + ", but " + failure);
        }
    }
}

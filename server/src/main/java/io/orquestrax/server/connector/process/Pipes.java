package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads and writes pipes of processes, on threads of the system: a virtual thread that waits for a pipe keeps the thread
 * that carries it, and the spare ones that stand in for those end after a while. With as many silent processes as
 * processors no other virtual thread went on then.
 */
final class Pipes {
    private Pipes() {}

    /** Returns at once. */
    static void begin(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }

    /**
     * Returns what the task does.
     *
     * @throws InterruptedIOException where the caller is interrupted; the task then ends with its process
     */
    static <T> T await(String name, Callable<T> task) throws IOException {
        FutureTask<T> future = new FutureTask<>(task);
        begin(name, future);
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while a process was talked to");
        }
    }
}

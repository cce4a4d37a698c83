package io.orquestrax.server.connector.http;

import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a call on a virtual thread of its own, where an interruption ends whatever it waits for: a name, a connection, a
 * handshake, or the next byte.
 */
public final class TimeLimit {
    private TimeLimit() {}

    /** What is to be done in time. */
    public interface Call<T> {
        T run() throws IOException, ConnectorFailure, InterruptedException;
    }

    /** The time is over. */
    public static final class OverException extends Exception {
        private static final long serialVersionUID = 1L;

        OverException() {
            super("The time is over", null, false, false);
        }
    }

    /**
     * @throws OverException where the time was over before the call was
     */
    public static <T> T run(Duration limit, Call<T> call)
            throws IOException, ConnectorFailure, InterruptedException, OverException {
        FutureTask<T> task = new FutureTask<>(call::run);
        Thread.ofVirtual().name("call").start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            throw new OverException();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException broken -> throw broken;
                case ConnectorFailure failure -> throw failure;
                case RuntimeException bug -> throw bug;
                case Error fatal -> throw fatal;
                case null, default -> throw new IllegalStateException(failed.getCause());
            }
        } finally {
            task.cancel(true);
        }
    }
}

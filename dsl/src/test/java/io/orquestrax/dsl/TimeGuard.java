package io.orquestrax.dsl;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fails what does not end, where a test would hang. */
final class TimeGuard {
    /** Far more than any document may take, on a machine that has other things to do. */
    private static final long SECONDS = 30;

    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

    private TimeGuard() {}

    /**
     * @param subject named where it does not end, or fails
     */
    static <T> T ends(String subject, Callable<T> work) {
        Future<T> ending = THREADS.submit(work);
        try {
            return ending.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException endless) {
            throw new AssertionError("Expected an end within " + SECONDS + " s of: " + subject, endless);
        } catch (ExecutionException failed) {
            throw new AssertionError("Expected no failure of: " + subject, failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Expected nobody to interrupt the test", interrupted);
        }
    }
}

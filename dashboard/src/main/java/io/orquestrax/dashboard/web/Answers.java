package io.orquestrax.dashboard.web;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the services answer later; a page's thread may. */
public final class Answers {
    private static final int LONGEST_SECONDS = 20;

    private Answers() {}

    /**
     * @throws ServiceException as the service failed with it, or where it took too long
     */
    public static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof ServiceException refused) {
                throw refused;
            }
            throw new CompletionException(failure.getCause());
        } catch (TimeoutException tooLong) {
            throw new ServiceException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "Expected an answer within " + LONGEST_SECONDS
                            + " s, but there was none. It may still be done: look at the page again before repeating it.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ServiceException(ErrorCode.UNAVAILABLE, "The node is stopping. Try again in a moment.");
        }
    }
}

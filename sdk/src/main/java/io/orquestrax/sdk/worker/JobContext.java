package io.orquestrax.sdk.worker;

import io.orquestrax.sdk.DefinitionId;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What a handler knows of its job, and the way to the server while it runs. Thread-safe. */
public interface JobContext {

    /**
     * The idempotency key of this execution: {@code <instance>.<activation>.<attempt>}.
     *
     * <p>The part before the last dot is the same over all attempts of the job.
     */
    String jobId();

    String instanceId();

    /** The business key of the instance. */
    Optional<String> businessKey();

    DefinitionId definition();

    /** The job type. */
    String type();

    /** JSON pointer of the task in its definition. */
    String task();

    /** From 1. */
    int attempt();

    /**
     * What the attempt before reported last.
     *
     * @throws io.orquestrax.sdk.PayloadException where it does not fit the type
     */
    <T> Optional<T> lastProgress(Class<T> type);

    /**
     * Says that the work goes on, and how far it is; the next attempt receives the last progress. Never blocks; what
     * comes faster than it can be sent replaces what came before.
     *
     * @param progress written as JSON; null to keep the last one
     * @throws java.util.concurrent.CancellationException when the job is cancelled: stop
     * @throws IllegalArgumentException where the progress is larger than a message may be
     */
    void heartbeat(@Nullable Object progress);

    /** Says that the work goes on; the last progress is kept. */
    default void heartbeat() {
        heartbeat(null);
    }

    /** Whether the job is no longer this worker's: nobody reads its result any more. */
    boolean isCancelled();

    /** Runs the action once when the job is cancelled; at once where it is already. Must not block. */
    void onCancel(Runnable action);

    /**
     * Runs the action once when it is known what became of the handler's result: {@code true} where it is in the history,
     * so that what it was made of need not be had again; {@code false} where it does not count, was a failure, or can no
     * longer be delivered. On a thread of its own, so that it may block. It is not run where the process ends before that.
     */
    void onSettled(Consumer<Boolean> action);

    /** A logger named after the job type. */
    Logger logger();
}

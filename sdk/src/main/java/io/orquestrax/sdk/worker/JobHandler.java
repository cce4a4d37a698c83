package io.orquestrax.sdk.worker;

import org.jspecify.annotations.Nullable;

/**
 * Does the work of one type of job.
 *
 * @param <I> what the job's input is read as
 * @param <O> what is written as the job's output: a record, a map, a tree …
 */
@FunctionalInterface
public interface JobHandler<I, O extends @Nullable Object> {

    /**
     * Called on a virtual thread of its own; may block. The thread is interrupted when the job is cancelled.
     *
     * <p>A job may be executed more than once: {@link JobContext#jobId()} tells repetitions apart from new work.
     *
     * @throws JobFailure to fail with an error of the workflow
     * @throws Exception anything else fails as a runtime error with the exception's message
     */
    O handle(I input, JobContext context) throws Exception;
}

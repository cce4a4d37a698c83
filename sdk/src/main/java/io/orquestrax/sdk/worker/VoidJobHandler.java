package io.orquestrax.sdk.worker;

/** A {@link JobHandler} without an output: the job's output is null. */
@FunctionalInterface
public interface VoidJobHandler<I> {

    /** As {@link JobHandler#handle}. */
    void handle(I input, JobContext context) throws Exception;
}

package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.protocol.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a worker reports of a job. */
public sealed interface JobResult {

    JobId job();

    @Nullable
    Instant startedAt();

    record Completed(JobId job, @Nullable Instant startedAt, JsonNode output) implements JobResult {}

    /**
     * The handler reported an error.
     *
     * @param retryable false where trying again is of no use
     */
    record Failed(JobId job, @Nullable Instant startedAt, WorkflowError error, boolean retryable)
            implements JobResult {}
}

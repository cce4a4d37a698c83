package io.orquestrax.server.api.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.v1.Failure;
import io.orquestrax.protocol.v1.Result;
import io.orquestrax.server.api.JsonText;
import io.orquestrax.server.job.JobKeys;
import io.orquestrax.server.job.JobResult;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what workers report. What is wrong with one result becomes the failure of that job, and touches no other. */
final class Results {
    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private static final long FIRST_SECOND =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private Results() {}

    static List<JobResult> read(io.orquestrax.protocol.v1.Results results) {
        return results.getResultsList().stream().flatMap(Results::read).toList();
    }

    /** Empty where there is none, or none that is JSON. */
    static Optional<JsonNode> progress(ByteString utf8) {
        if (utf8.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonText.parse(utf8.toByteArray()));
        } catch (ServiceException malformed) {
            LOG.warn("Expected the progress of a job as JSON, but {}", malformed.detail());
            return Optional.empty();
        }
    }

    private static Stream<JobResult> read(Result result) {
        Optional<JobId> id = JobKeys.read(result.getKey());
        if (id.isEmpty()) {
            LOG.warn(
                    "Expected the key of a job (a UUID, and activation and attempt from 1), but a worker reported {}.{}.{}",
                    result.getKey().getInstanceId(),
                    result.getKey().getActivation(),
                    result.getKey().getAttempt());
            return Stream.empty();
        }
        Instant startedAt = result.hasStartedAt() ? instant(result.getStartedAt()) : null;
        return Stream.of(read(id.get(), startedAt, result));
    }

    private static JobResult read(JobId job, @Nullable Instant startedAt, Result result) {
        return switch (result.getOutcomeCase()) {
            case OUTPUT -> output(job, startedAt, result.getOutput());
            case FAILURE -> failure(job, startedAt, result.getFailure());
            case OUTCOME_NOT_SET ->
                malformed(
                        job,
                        startedAt,
                        "Malformed result",
                        "Expected an output or a failure, but there is neither.",
                        false);
        };
    }

    private static JobResult output(JobId job, @Nullable Instant startedAt, ByteString utf8) {
        try {
            return new JobResult.Completed(job, startedAt, JsonText.parse(utf8.toByteArray()));
        } catch (ServiceException malformed) {
            return malformed(job, startedAt, "Malformed output", malformed.detail(), false);
        }
    }

    private static JobResult failure(JobId job, @Nullable Instant startedAt, Failure failure) {
        try {
            WorkflowError error =
                    ErrorObjects.read(JsonText.parse(failure.getError().toByteArray()));
            return new JobResult.Failed(job, startedAt, error, failure.getRetryable());
        } catch (ServiceException malformed) {
            return malformed(job, startedAt, "Malformed error", malformed.detail(), failure.getRetryable());
        }
    }

    private static JobResult malformed(
            JobId job, @Nullable Instant startedAt, String title, String detail, boolean retryable) {
        WorkflowError error = WorkflowError.of(StandardError.RUNTIME, title, detail);
        return new JobResult.Failed(job, startedAt, error, retryable);
    }

    /** Null where it is none: a wrong time is no reason to refuse a result. */
    static @Nullable Instant instant(Timestamp timestamp) {
        boolean isTime = timestamp.getSeconds() >= FIRST_SECOND
                && timestamp.getSeconds() <= LAST_SECOND
                && timestamp.getNanos() >= 0
                && timestamp.getNanos() < 1_000_000_000;
        return isTime ? Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos()) : null;
    }
}

package io.orquestrax.sdk.worker;

import com.google.protobuf.UnsafeByteOperations;
import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.v1.Failure;
import io.orquestrax.protocol.v1.JobType;
import io.orquestrax.protocol.v1.Result;
import io.orquestrax.sdk.Payload;
import io.orquestrax.sdk.PayloadException;
import org.jspecify.annotations.Nullable;

/** A job type with its handler and what the server is told about it. */
record Registration<I>(
        String type, Class<I> input, HandlerOptions options, JobHandler<I, ? extends @Nullable Object> handler) {

    /** Runs the handler; whatever it throws becomes a failure. */
    void execute(Payload json, JobContext context, Result.Builder result, int maxBytes) {
        try {
            Payload output = Payload.of(handler.handle(read(json), context));
            if (output.size() > maxBytes) {
                throw JobFailure.of(ErrorType.RUNTIME)
                        .title("Output too large")
                        .detail("Expected an output of at most " + maxBytes + " bytes of job type " + type
                                + ", but it has " + output.size())
                        .notRetryable();
            }
            result.setOutput(UnsafeByteOperations.unsafeWrap(output.bytes()));
        } catch (JobFailure failure) {
            result.setFailure(failure(failure, maxBytes));
        } catch (Throwable unexpected) {
            // What a cancelled handler dies of is of no interest: it was interrupted.
            if (!context.isCancelled()) {
                context.logger().warn("Job {} failed", context.jobId(), unexpected);
            }
            result.setFailure(failure(runtimeError(unexpected), maxBytes));
        }
    }

    private I read(Payload json) {
        try {
            return json.as(input);
        } catch (PayloadException unfit) {
            throw JobFailure.of(ErrorType.VALIDATION)
                    .title("Input does not fit")
                    .detail("Expected an input that the handler of job type " + type + " can read, but "
                            + unfit.getMessage())
                    .notRetryable()
                    .cause(unfit);
        }
    }

    private static Failure failure(JobFailure failure, int maxBytes) {
        Payload error;
        try {
            error = failure.error();
        } catch (PayloadException unwritable) {
            error = runtimeError(unwritable).error();
        }
        if (error.size() > maxBytes) {
            error = JobFailure.of(failure.type(), failure.status())
                    .title("Error too large")
                    .detail("Expected an error of at most " + maxBytes + " bytes, but it has " + error.size())
                    .error();
        }
        return Failure.newBuilder()
                .setError(UnsafeByteOperations.unsafeWrap(error.bytes()))
                .setRetryable(failure.isRetryable())
                .build();
    }

    private static JobFailure runtimeError(Throwable unexpected) {
        String message = unexpected.getMessage();
        return JobFailure.of(ErrorType.RUNTIME)
                .title(unexpected.getClass().getSimpleName())
                .detail(message == null ? unexpected.toString() : message);
    }

    JobType toMessage() {
        JobType.Builder message = JobType.newBuilder().setType(type);
        if (options.retry() != null) {
            message.setRetry(retry(options.retry()));
        }
        if (options.runningLimit() != null) {
            message.setRunningLimit(Durations.message(options.runningLimit()));
        }
        if (options.heartbeatLimit() != null) {
            message.setHeartbeatLimit(Durations.message(options.heartbeatLimit()));
        }
        return message.build();
    }

    private static io.orquestrax.protocol.v1.RetryPolicy retry(RetryPolicy policy) {
        var message = io.orquestrax.protocol.v1.RetryPolicy.newBuilder()
                .setMaxAttempts(policy.maxAttempts())
                .setDelay(Durations.message(policy.delay()))
                .setBackoff(policy.backoff())
                .setJitter(policy.jitter())
                .addAllNonRetryableErrors(
                        policy.nonRetryableErrors().stream().sorted().toList());
        if (policy.maxDelay() != null) {
            message.setMaxDelay(Durations.message(policy.maxDelay()));
        }
        return message.build();
    }
}

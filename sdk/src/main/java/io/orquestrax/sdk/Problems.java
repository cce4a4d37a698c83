package io.orquestrax.sdk;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.v1.Problem;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the problem that comes with a failed call. */
final class Problems {
    static final Metadata.Key<byte[]> PROBLEM =
            Metadata.Key.of("orquestrax-problem-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private Problems() {}

    static OrquestraxException exception(Status status, @Nullable Metadata trailers) {
        Throwable cause = status.asRuntimeException(trailers);
        Problem problem = problemOrNull(trailers);
        if (problem != null) {
            return fromProblem(problem, cause);
        }
        String description = status.getDescription();
        return new OrquestraxException(
                code(status.getCode()).text(),
                description == null ? "The call failed with " + status.getCode() : description,
                List.of(),
                cause);
    }

    /** So many starts of a client wait for their turn that one more is of no use. */
    static OrquestraxException tooManyStarts() {
        return new OrquestraxException(
                ErrorCode.OVERLOADED.text(),
                "Expected the start to be sent in time, but so many others of this client wait for their turn that it could"
                        + " hardly be answered before its deadline; try again later",
                List.of(),
                null);
    }

    /** Whether the server said that it did nothing because too much waits there: any call may be made again. */
    static boolean isOverloaded(@Nullable Metadata trailers) {
        Problem problem = problemOrNull(trailers);
        return problem != null && problem.getCode().equals(ErrorCode.OVERLOADED.text());
    }

    /** How long the server wants the next try to wait; 0 where it does not say. */
    static long retryAfterMillis(@Nullable Metadata trailers) {
        Problem problem = problemOrNull(trailers);
        if (problem == null) {
            return 0;
        }
        Duration wait = problem.getRetryAfter();
        return Math.max(
                0, TimeUnit.SECONDS.toMillis(wait.getSeconds()) + TimeUnit.NANOSECONDS.toMillis(wait.getNanos()));
    }

    private static @Nullable Problem problemOrNull(@Nullable Metadata trailers) {
        byte[] encoded = trailers == null ? null : trailers.get(PROBLEM);
        try {
            return encoded == null ? null : Problem.parseFrom(encoded);
        } catch (InvalidProtocolBufferException notAProblem) {
            return null;
        }
    }

    private static OrquestraxException fromProblem(Problem problem, Throwable cause) {
        String detail = problem.getDetail().isEmpty() ? problem.getTitle() : problem.getDetail();
        return new OrquestraxException(
                problem.getCode(),
                detail,
                problem.getViolationsList().stream().map(Wire::violation).toList(),
                cause);
    }

    /** For answers that carry no problem: a proxy's, or the connection's. */
    private static ErrorCode code(Status.Code code) {
        return switch (code) {
            case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> ErrorCode.DEADLINE_EXCEEDED;
            case NOT_FOUND, UNIMPLEMENTED -> ErrorCode.NOT_FOUND;
            case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION -> ErrorCode.INVALID_REQUEST;
            case RESOURCE_EXHAUSTED -> ErrorCode.OVERLOADED;
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    ABORTED,
                    INTERNAL,
                    DATA_LOSS,
                    UNAUTHENTICATED -> ErrorCode.INTERNAL;
        };
    }
}

package io.orquestrax.server.api.grpc;

import com.google.protobuf.Duration;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.v1.Problem;
import io.orquestrax.server.api.ProblemDetails;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CancellationException;

/**
 * Tells problems as gRPC does: a status, and the whole problem in the trailing metadata {@code orquestrax-problem-bin}.
 */
public final class GrpcProblems implements GrpcExceptionHandlerFunction {
    public static final Metadata.Key<byte[]> PROBLEM =
            Metadata.Key.of("orquestrax-problem-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /** Headers are limited in size, so are the mistakes that they tell of. */
    private static final int MAX_VIOLATIONS = 20;

    @Override
    public Status apply(RequestContext context, Status status, Throwable cause, Metadata trailers) {
        // The framework's own findings, such as a message too large, or a call that was cancelled.
        if (cause instanceof StatusRuntimeException
                || cause instanceof StatusException
                || cause instanceof CancellationException
                || status.getCode() == Status.Code.CANCELLED) {
            return status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                    ? describe(ProblemDetails.ofStatus(ErrorCode.PAYLOAD_TOO_LARGE.httpStatus()), trailers)
                    : status;
        }
        return describe(ProblemDetails.of(cause), trailers);
    }

    /** Whether the caller speaks gRPC, and would not understand another answer. */
    public static boolean isGrpc(RequestHeaders headers) {
        MediaType type = headers.contentType();
        return type != null
                && type.type().equals("application")
                && type.subtype().startsWith("grpc");
    }

    /** For calls that the HTTP server refuses before gRPC sees them: an answer of trailers alone. */
    public static AggregatedHttpResponse answer(ProblemDetails problem) {
        return AggregatedHttpResponse.of(ResponseHeaders.builder(HttpStatus.OK)
                .set(HttpHeaderNames.CONTENT_TYPE, "application/grpc")
                .setInt("grpc-status", statusOf(problem.code()).value())
                .set("grpc-message", percentEncoded(problem.detail()))
                .set(
                        PROBLEM.name(),
                        Base64.getEncoder()
                                .withoutPadding()
                                .encodeToString(messageOf(problem).toByteArray()))
                .build());
    }

    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0x20 && octet < 0x7f && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append(String.format("%%%02X", octet & 0xff));
            }
        }
        return encoded.toString();
    }

    static StatusRuntimeException exceptionOf(Throwable failure) {
        if (failure instanceof StatusRuntimeException already) {
            return already;
        }
        Metadata trailers = new Metadata();
        return describe(ProblemDetails.of(failure), trailers).asRuntimeException(trailers);
    }

    private static Status describe(ProblemDetails problem, Metadata trailers) {
        trailers.discardAll(PROBLEM);
        trailers.put(PROBLEM, messageOf(problem).toByteArray());
        return Status.fromCode(statusOf(problem.code())).withDescription(problem.detail());
    }

    private static Problem messageOf(ProblemDetails problem) {
        Problem.Builder message = Problem.newBuilder()
                .setCode(problem.code().text())
                .setTitle(problem.title())
                .setDetail(problem.detail())
                .setStatus(problem.code().httpStatus());
        problem.retryAfter()
                .ifPresent(wait -> message.setRetryAfter(Duration.newBuilder().setSeconds(wait.toSeconds())));
        problem.violations().stream()
                .limit(MAX_VIOLATIONS)
                .map(Messages::violation)
                .forEach(message::addViolations);
        return message.build();
    }

    static Status.Code statusOf(ErrorCode code) {
        return switch (code) {
            case INVALID_REQUEST,
                    MALFORMED_JSON,
                    INVALID_ENCODING,
                    INVALID_ID,
                    INVALID_PAGE_TOKEN,
                    INVALID_DEFINITION,
                    INVALID_EVENT,
                    NOT_ACCEPTABLE,
                    UNSUPPORTED_MEDIA_TYPE -> Status.Code.INVALID_ARGUMENT;
            case SIGNATURE_REFUSED -> Status.Code.UNAUTHENTICATED;
            case FORBIDDEN_ORIGIN -> Status.Code.PERMISSION_DENIED;
            case DEFINITION_NOT_FOUND,
                    FUNCTION_NOT_FOUND,
                    WEBHOOK_NOT_FOUND,
                    INSTANCE_NOT_FOUND,
                    SCHEDULE_NOT_FOUND,
                    EVENT_NOT_FOUND,
                    NODE_NOT_FOUND -> Status.Code.NOT_FOUND;
            case NOT_FOUND, METHOD_NOT_ALLOWED -> Status.Code.UNIMPLEMENTED;
            case DEFINITION_CONFLICT, KEY_CONFLICT -> Status.Code.ALREADY_EXISTS;
            case INSTANCE_CLOSED, INSTANCE_NOT_SUSPENDED, INSTANCE_NOT_FAULTED, JOB_NOT_HELD ->
                Status.Code.FAILED_PRECONDITION;
            case PAYLOAD_TOO_LARGE, OVERLOADED -> Status.Code.RESOURCE_EXHAUSTED;
            case INTERNAL -> Status.Code.INTERNAL;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
        };
    }
}

package io.orquestrax.server.api;

import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.ResponseCompleteException;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.CancelledSubscriptionException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import io.orquestrax.dsl.Problem;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.InvalidPageTokenException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong with a call, as every door tells it (RFC 9457).
 *
 * @param detail one sentence for this occurrence
 * @param violations the mistakes of a document, with their places
 */
public record ProblemDetails(ErrorCode code, String detail, List<Problem> violations) {
    private static final Logger log = LoggerFactory.getLogger(ProblemDetails.class);

    /** Whole seconds, as HTTP wants them. A full queue is empty by then, and a takeover is over by the second or third. */
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    public ProblemDetails {
        violations = List.copyOf(violations);
    }

    public ProblemDetails(ErrorCode code, String detail) {
        this(code, detail, List.of());
    }

    /** The problem's identity: {@code urn:orquestrax:problem:<code>}. */
    public String type() {
        return "urn:orquestrax:problem:" + code.text();
    }

    /** The same for each occurrence of a code. */
    public String title() {
        return titleOf(code);
    }

    /** How long a caller waits before it tries again; empty where that is of no use. */
    public Optional<Duration> retryAfter() {
        return code == ErrorCode.OVERLOADED || code == ErrorCode.UNAVAILABLE
                ? Optional.of(BEFORE_NEXT_TRY)
                : Optional.empty();
    }

    /** Of anything that a call can end with. What is nobody's fault but ours is logged, under an id that the detail names. */
    public static ProblemDetails of(Throwable failure) {
        return switch (unwrap(failure)) {
            case ServiceException known -> new ProblemDetails(known.code(), known.detail(), known.violations());
            case InvalidPageTokenException token ->
                new ProblemDetails(ErrorCode.INVALID_PAGE_TOKEN, String.valueOf(token.getMessage()));
            case ContentTooLargeException tooLarge -> ofTooLarge(tooLarge);
            case RequestTimeoutException timeout ->
                new ProblemDetails(ErrorCode.DEADLINE_EXCEEDED, "Expected an answer in time, but it took too long");
            case HttpStatusException status
            when status.getCause() instanceof ContentTooLargeException tooLarge -> ofTooLarge(tooLarge);
            case HttpStatusException status -> ofStatus(status.httpStatus().code());
            case RejectedExecutionException stopping -> ofStopping();
            case ShuttingDownException stopping -> ofStopping();
            case AbortedStreamException gone -> ofGone();
            case CancelledSubscriptionException gone -> ofGone();
            case ClosedSessionException gone -> ofGone();
            case ClosedStreamException gone -> ofGone();
            case ResponseCompleteException gone -> ofGone();
            case CancellationException gone -> ofGone();
            case Throwable unexpected -> ofUnexpected(unexpected);
        };
    }

    private static ProblemDetails ofStopping() {
        return new ProblemDetails(ErrorCode.UNAVAILABLE, "Expected a serving node, but it is shutting down");
    }

    private static ProblemDetails ofTooLarge(ContentTooLargeException tooLarge) {
        return new ProblemDetails(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "Expected at most " + tooLarge.maxContentLength() + " bytes, but the request has more");
    }

    /** Of an HTTP status that the server itself decided on. */
    public static ProblemDetails ofStatus(int status) {
        return switch (status) {
            case 404 -> new ProblemDetails(ErrorCode.NOT_FOUND, "Expected a path of this API, but there is none such");
            case 405 -> new ProblemDetails(ErrorCode.METHOD_NOT_ALLOWED, "Expected another method for this path");
            case 406 -> new ProblemDetails(ErrorCode.NOT_ACCEPTABLE, "Expected another Accept header for this path");
            case 413 -> new ProblemDetails(ErrorCode.PAYLOAD_TOO_LARGE, "Expected a smaller request");
            case 415 -> new ProblemDetails(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Expected another Content-Type");
            case 429 -> new ProblemDetails(ErrorCode.OVERLOADED, "Expected fewer requests at a time");
            case 503 -> new ProblemDetails(ErrorCode.UNAVAILABLE, "Expected a serving node, but it is not ready");
            case 504 ->
                new ProblemDetails(ErrorCode.DEADLINE_EXCEEDED, "Expected an answer in time, but it took too long");
            default ->
                status < 500
                        ? new ProblemDetails(
                                ErrorCode.INVALID_REQUEST,
                                "Expected a well-formed HTTP request, but got status " + status)
                        : new ProblemDetails(ErrorCode.INTERNAL, "Expected an answer, but got status " + status);
        };
    }

    /** For nobody to read: the caller left, or has its answer already. */
    private static ProblemDetails ofGone() {
        return new ProblemDetails(ErrorCode.UNAVAILABLE, "Expected the call to stay open, but it ended");
    }

    private static ProblemDetails ofUnexpected(Throwable unexpected) {
        String errorId = UUID.randomUUID().toString();
        if (isDatabaseOutage(unexpected)) {
            log.warn("Error {}: the database cannot be reached", errorId, unexpected);
            return new ProblemDetails(
                    ErrorCode.UNAVAILABLE,
                    "Expected the database to answer, but it cannot be reached now; try again (error id " + errorId
                            + ")");
        }
        log.error("Error {}", errorId, unexpected);
        return new ProblemDetails(
                ErrorCode.INTERNAL, "An unexpected error occurred; the server's log has it under error id " + errorId);
    }

    /** SQL states: 08 connection, 53 resources, 57 operator intervention. */
    private static boolean isDatabaseOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() instanceof String state) {
                return state.startsWith("08") || state.startsWith("53") || state.startsWith("57");
            }
        }
        return false;
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() instanceof Throwable cause) {
            inner = cause;
        }
        return inner;
    }

    private static String titleOf(ErrorCode code) {
        return switch (code) {
            case INVALID_REQUEST -> "The request is not valid";
            case MALFORMED_JSON -> "The body is not JSON";
            case INVALID_ENCODING -> "The text is not UTF-8";
            case INVALID_ID -> "The id is not valid";
            case INVALID_PAGE_TOKEN -> "The page token is not valid";
            case SIGNATURE_REFUSED -> "The signature is not valid";
            case FORBIDDEN_ORIGIN -> "The call comes from another site";
            case INVALID_DEFINITION -> "The definition is not valid";
            case INVALID_EVENT -> "The event is not valid";
            case DEFINITION_NOT_FOUND -> "The definition does not exist";
            case FUNCTION_NOT_FOUND -> "The function does not exist";
            case INSTANCE_NOT_FOUND -> "The instance does not exist";
            case SCHEDULE_NOT_FOUND -> "The definition has no schedule";
            case NODE_NOT_FOUND -> "There is no such node";
            case EVENT_NOT_FOUND -> "No such event is kept";
            case WEBHOOK_NOT_FOUND -> "The webhook does not exist";
            case NOT_FOUND -> "The path does not exist";
            case METHOD_NOT_ALLOWED -> "The path does not take this method";
            case NOT_ACCEPTABLE -> "The answer has no such form";
            case DEFINITION_CONFLICT -> "The version holds other content";
            case KEY_CONFLICT -> "The key is taken";
            case INSTANCE_CLOSED -> "The instance is closed";
            case INSTANCE_NOT_SUSPENDED -> "The instance is not suspended";
            case INSTANCE_NOT_FAULTED -> "The instance is not faulted";
            case JOB_NOT_HELD -> "The job is not the caller's";
            case PAYLOAD_TOO_LARGE -> "The request is too large";
            case UNSUPPORTED_MEDIA_TYPE -> "The body's media type is not supported";
            case OVERLOADED -> "The server is overloaded";
            case INTERNAL -> "An unexpected error";
            case UNAVAILABLE -> "The server cannot serve now";
            case DEADLINE_EXCEEDED -> "The answer took too long";
        };
    }
}

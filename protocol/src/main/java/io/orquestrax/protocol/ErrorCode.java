package io.orquestrax.protocol;

/**
 * The stable codes of what a caller can cause; the same at every door.
 *
 * <p>The code's text is {@link #text()}; {@link #httpStatus()} is the status of the problem details (RFC 9457), and the
 * gRPC status is derived from it at the gRPC door.
 */
public enum ErrorCode {
    INVALID_REQUEST(400),
    MALFORMED_JSON(400),
    INVALID_ENCODING(400),
    INVALID_ID(400),
    INVALID_PAGE_TOKEN(400),
    SIGNATURE_REFUSED(401),
    FORBIDDEN_ORIGIN(403),
    INVALID_DEFINITION(422),
    INVALID_EVENT(422),
    DEFINITION_NOT_FOUND(404),
    FUNCTION_NOT_FOUND(404),
    INSTANCE_NOT_FOUND(404),
    SCHEDULE_NOT_FOUND(404),
    NODE_NOT_FOUND(404),
    EVENT_NOT_FOUND(404),
    WEBHOOK_NOT_FOUND(404),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    DEFINITION_CONFLICT(409),
    KEY_CONFLICT(409),
    INSTANCE_CLOSED(409),
    INSTANCE_NOT_SUSPENDED(409),
    INSTANCE_NOT_FAULTED(409),
    JOB_NOT_HELD(409),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    OVERLOADED(429),
    INTERNAL(500),
    UNAVAILABLE(503),
    DEADLINE_EXCEEDED(504);

    private final int httpStatus;

    ErrorCode(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** The code as it stands on the wire: lower case with hyphens, {@code instance-not-found}. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public int httpStatus() {
        return httpStatus;
    }
}

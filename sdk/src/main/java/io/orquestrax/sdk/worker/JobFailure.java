package io.orquestrax.sdk.worker;

import io.orquestrax.sdk.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fails a job with an error of the workflow DSL (RFC 9457 problem details), which the workflow can catch by its type or
 * status.
 *
 * <pre>{@code
 * throw JobFailure.of("https://example.com/errors/card-declined", 402)
 *         .title("Card declined")
 *         .detail("The bank declined card " + card)
 *         .notRetryable();
 * }</pre>
 */
public final class JobFailure extends RuntimeException {
    private final String type;
    private final int status;
    private final @Nullable String title;
    private final @Nullable String detail;
    private final boolean retryable;
    private final transient Map<String, @Nullable Object> members;

    private JobFailure(
            String type,
            int status,
            @Nullable String title,
            @Nullable String detail,
            boolean retryable,
            Map<String, @Nullable Object> members,
            @Nullable Throwable cause) {
        super(detail != null ? detail : title != null ? title : type, cause);
        this.type = type;
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.retryable = retryable;
        this.members = members;
    }

    /**
     * A failure that may be retried.
     *
     * @param type URI of the kind of error
     * @param status as in HTTP
     */
    public static JobFailure of(String type, int status) {
        return new JobFailure(type, status, null, null, true, new LinkedHashMap<>(), null);
    }

    /** One of the specification's error types, with its own status. */
    public static JobFailure of(ErrorType type) {
        return of(type.uri(), type.status());
    }

    /** What kind of error it is, in a few words. */
    public JobFailure title(String value) {
        return new JobFailure(type, status, value, detail, retryable, members, getCause());
    }

    /** What happened this time. */
    public JobFailure detail(String value) {
        return new JobFailure(type, status, title, value, retryable, members, getCause());
    }

    /** Trying again is of no use: the workflow sees the error at once. */
    public JobFailure notRetryable() {
        return new JobFailure(type, status, title, detail, false, members, getCause());
    }

    public JobFailure cause(Throwable value) {
        return new JobFailure(type, status, title, detail, retryable, members, value);
    }

    /** A further member of the error, as {@link Payload#of} takes it. */
    public JobFailure with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
        changed.put(name, value);
        return new JobFailure(type, status, title, detail, retryable, changed, getCause());
    }

    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    public boolean isRetryable() {
        return retryable;
    }

    /** The error object as JSON. */
    Payload error() {
        Map<String, @Nullable Object> error = new LinkedHashMap<>(members);
        error.put("type", type);
        error.put("status", status);
        if (title != null) {
            error.put("title", title);
        }
        if (detail != null) {
            error.put("detail", detail);
        }
        return Payload.of(error);
    }
}

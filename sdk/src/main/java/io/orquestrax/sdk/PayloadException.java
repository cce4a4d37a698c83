package io.orquestrax.sdk;

import org.jspecify.annotations.Nullable;

/** JSON that does not fit the type it is read as, or a value that is not fit for JSON. */
public final class PayloadException extends RuntimeException {
    public PayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package io.orquestrax.dsl.expression.jq;

/** Ends an evaluation that passed a limit; no {@code try} of the program can catch it. */
final class LimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitException(String message) {
        super(message, null, false, false);
    }
}

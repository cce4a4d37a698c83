package io.orquestrax.store;

/** A page token that this list did not make. */
public final class InvalidPageTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidPageTokenException(String token) {
        super("Expected a page token of an earlier answer, but got \"" + token + "\"");
    }
}

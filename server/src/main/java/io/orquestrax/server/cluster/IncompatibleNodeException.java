package io.orquestrax.server.cluster;

/** This version of the product cannot run beside one that does; the message says what to do. */
public final class IncompatibleNodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompatibleNodeException(String message) {
        super(message);
    }
}

package io.orquestrax.server.partition;

/** The partition is another node's now: nothing of the command was done, and nothing of it will be. */
public final class NotOwnedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotOwnedException(int partition) {
        super("Expected partition " + partition + " to be served by this node, but it is not now", null, false, false);
    }
}

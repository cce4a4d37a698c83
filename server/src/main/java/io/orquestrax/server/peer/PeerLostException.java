package io.orquestrax.server.peer;

/** A node cannot be reached, or was lost before it answered. */
public final class PeerLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean mayHaveArrived;

    public PeerLostException(String node, boolean mayHaveArrived) {
        super("Expected node " + node + " to answer, but the link to it " + (mayHaveArrived ? "broke" : "is down"));
        this.mayHaveArrived = mayHaveArrived;
    }

    /** Whether the other node may have done what it was asked. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}

package io.orquestrax.server.peer;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What carries the words of {@link TestingPeers}. */
abstract sealed class TestingWires permits TestingNetwork, ShuffledNetwork {

    abstract Set<String> linkedTo(String node);

    abstract TestingPeers find(String node);

    /**
     * What a node says over its link to another one; false where there is none, so that it is gone.
     *
     * @param arrive handles it at the other end
     */
    abstract boolean send(String from, String to, Runnable arrive);

    /** Tells the present link from the ones before it. */
    long linkNumber(String from, String to) {
        return 0;
    }

    /**
     * The answer to what was asked over a link, which goes back over the same one, or is gone.
     *
     * @param linkNumber of the link when it was asked
     */
    void answer(String from, String to, long linkNumber, Runnable arrive) {
        send(from, to, arrive);
    }

    /** Handles what a node hears of its own links, in order. */
    abstract void later(String node, Runnable news);

    static <T> CompletableFuture<T> lost(String node, boolean mayHaveArrived) {
        return CompletableFuture.failedFuture(new PeerLostException(node, mayHaveArrived));
    }
}

package io.orquestrax.server.connector;

/** What a connector took from elsewhere for a result, and gives back where the result does not count. */
public interface Held {

    /**
     * Called once, when it is known what became of the result; closes what is open. May block.
     *
     * @param isDurable whether the result is in the history: what was taken need not come again
     */
    void settle(boolean isDurable);
}

package io.orquestrax.dashboard.web;

/** A page that somebody looks at: what of it has changed. Called by one thread at a time. */
public interface LiveView extends AutoCloseable {

    /** What stands beside the commits, and is looked at every second while it can change. */
    boolean isRestless();

    /**
     * Reads, and may block.
     *
     * @return the parts of the page that have changed since the last call, as HTML; empty where nothing has
     */
    String changes();

    @Override
    void close();
}

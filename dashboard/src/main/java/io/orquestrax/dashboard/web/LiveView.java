package io.orquestrax.dashboard.web;

import java.time.Duration;

/** A page that somebody looks at: what of it has changed. Called by one thread at a time. */
public interface LiveView extends AutoCloseable {

    /**
     * Reads, and may block.
     *
     * @return the parts of the page that have changed since the last call, as HTML; empty where nothing has
     */
    String changes();

    /** How long after the last look another one is due though nothing changes, for what was put off; zero for nothing. */
    default Duration putOff() {
        return Duration.ZERO;
    }

    /** How long it is left alone after each look, at least. */
    default Duration pause() {
        return Duration.ofMillis(100);
    }

    @Override
    void close();
}

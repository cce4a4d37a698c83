package io.orquestrax.server.job;

import java.time.Duration;

/** Runs things later: the one place where the dispatcher waits for time to pass. */
interface Timers extends AutoCloseable {

    Timer after(Duration delay, Runnable action);

    /** What was set stays unrun. */
    @Override
    void close();

    /** A thing to be run later. */
    interface Timer {
        Timer NONE = () -> {};

        void cancel();
    }
}

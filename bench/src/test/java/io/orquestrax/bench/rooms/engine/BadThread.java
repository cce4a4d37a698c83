package io.orquestrax.bench.rooms.engine;

/** Starts a thread. */
public final class BadThread {
    private BadThread() {}

    static Thread start(Runnable task) {
        return Thread.ofVirtual().start(task);
    }
}

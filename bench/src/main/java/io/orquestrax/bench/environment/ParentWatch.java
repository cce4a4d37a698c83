package io.orquestrax.bench.environment;

import java.io.IOException;
import java.io.InputStream;

/** Ends this process when its parent ends, also when that is killed: the parent holds the other end of a pipe. */
public final class ParentWatch {
    private ParentWatch() {}

    public static void start() {
        InputStream pipe = System.in;
        Thread.ofPlatform().name("parent-watch").daemon().start(() -> {
            awaitEnd(pipe);
            System.exit(0);
        });
    }

    private static void awaitEnd(InputStream pipe) {
        try {
            while (pipe.read() >= 0) {
                // Nothing is said over this pipe; only its end means something.
            }
        } catch (IOException gone) {
            // The same as its end.
        }
    }
}

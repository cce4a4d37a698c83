package io.orquestrax.bench.torture.ground;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What {@code kill} sends. */
enum Signal {
    STOP,
    CONT,
    QUIT;

    /** The process must be one that this program started. */
    void send(long pid) throws InterruptedException {
        try {
            int exitCode = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException(
                        "Expected to send " + name() + " to the process " + pid + ", but kill ended with " + exitCode);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

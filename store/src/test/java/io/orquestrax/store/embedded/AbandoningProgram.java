package io.orquestrax.store.embedded;

import io.orquestrax.store.embedded.EmbeddedPostgres.ParentDeath;
import java.nio.file.Path;

/** Starts a server, prints its process id, and waits to be killed. */
final class AbandoningProgram {
    private AbandoningProgram() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(arguments[0]), ParentDeath.valueOf(arguments[1]));
        System.out.println("PID " + server.pid());
        System.out.flush();
        Thread.currentThread().join();
    }
}

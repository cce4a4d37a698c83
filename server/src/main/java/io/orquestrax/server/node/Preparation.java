package io.orquestrax.server.node;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.server.connector.http.Trust;
import java.util.concurrent.CompletableFuture;

/**
 * Loads what every node needs while its start waits for a database: the web server, the language, the platform's
 * certificates. Once a process; it touches nothing that opening a database touches, so that neither waits for the
 * other's classes.
 */
public final class Preparation {
    private static final CompletableFuture<Void> DONE = new CompletableFuture<>();

    static {
        Thread.ofPlatform().daemon().name("preparation").start(Preparation::load);
    }

    private Preparation() {}

    /** Returns at once. */
    public static void begin() {
        // Loading this class begins it.
    }

    static void await() {
        DONE.join();
    }

    @SuppressWarnings("CheckReturnValue")
    private static void load() {
        try {
            Flags.tlsEngineType();
            CommonPools.workerGroup();
            GrpcService.builder();
            new DocumentCompiler();
            Trust.ofPlatform();
        } finally {
            DONE.complete(null);
        }
    }
}

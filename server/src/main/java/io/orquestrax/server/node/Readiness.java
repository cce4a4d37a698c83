package io.orquestrax.server.node;

import java.util.Optional;

/** Whether the node can serve, and why not. */
public interface Readiness {

    /** One sentence; empty where it is ready. */
    Optional<String> reasonNotReady();
}

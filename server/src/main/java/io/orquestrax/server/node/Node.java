package io.orquestrax.server.node;

import io.orquestrax.server.settings.Settings;
import java.time.Duration;
import java.util.List;

/** One orchestrator process: wires everything together, serves, and drains. */
public final class Node implements AutoCloseable {

    /**
     * Starts and returns when ready.
     *
     * @param doors beside the API's own
     */
    public static Node start(Settings settings, List<HttpDoor> doors) {
        throw new UnsupportedOperationException("to be built");
    }

    /** The port it listens on, also where the setting said 0. */
    public int port() {
        throw new UnsupportedOperationException("to be built");
    }

    public NodeServices services() {
        throw new UnsupportedOperationException("to be built");
    }

    /** Stops taking requests, finishes what it has accepted, gives its partitions up, closes. */
    public void stop(Duration limit) {
        throw new UnsupportedOperationException("to be built");
    }

    @Override
    public void close() {}
}

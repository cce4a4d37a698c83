package io.orquestrax.bench.environment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where benchmarks run: stands of processes beside this one, on free ports of the loopback, in temporary directories.
 *
 * <p>Closing it ends and removes all of that; it may be closed more than once, and by another thread.
 */
public final class Environment implements AutoCloseable {
    private final Resources resources = new Resources();
    private final List<String> jvmOptions;
    private final int inFlight;
    private @Nullable ReadyStand shared;

    /**
     * @param jvmOptions more options for the JVMs of all nodes and workers
     * @param inFlight jobs at a time of the worker
     */
    public Environment(List<String> jvmOptions, int inFlight) {
        this.jvmOptions = List.copyOf(jvmOptions);
        this.inFlight = inFlight;
    }

    /** A stand with a node, a worker and a client, the same for all who ask until somebody wants to be alone. */
    public ReadyStand shared() throws InterruptedException {
        ReadyStand present = shared;
        if (present == null) {
            present = ready(resources.keep(new Stand(jvmOptions)));
            shared = present;
        }
        return present;
    }

    /** A stand with a node, a worker and a client that nobody else uses; the shared one ends. */
    public ReadyStand ready() throws InterruptedException {
        return ready(alone());
    }

    /** A stand without any process but PostgreSQL; the shared one ends. */
    public Stand alone() {
        ReadyStand present = shared;
        if (present != null) {
            shared = null;
            close(present.stand());
        }
        return resources.keep(new Stand(jvmOptions));
    }

    private ReadyStand ready(Stand stand) throws InterruptedException {
        NodeProcess node = stand.startNode(NodeOptions.DEFAULT);
        stand.startWorker(node.address(), inFlight);
        return new ReadyStand(stand, node, stand.connect(node.address()));
    }

    /** Ends a stand before the others. */
    public void close(Stand stand) {
        resources.release(stand);
    }

    @Override
    public void close() {
        resources.close();
    }
}

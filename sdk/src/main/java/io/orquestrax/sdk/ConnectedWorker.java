package io.orquestrax.sdk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is connected to the cluster.
 *
 * @param capacity jobs at a time
 * @param running jobs that it has now
 * @param transport {@code stream} or {@code http}
 * @param node id of the node that it is connected to
 */
public record ConnectedWorker(
        String id,
        String name,
        List<String> types,
        int capacity,
        int running,
        String host,
        long pid,
        String language,
        String sdkVersion,
        String buildId,
        @Nullable Instant connectedAt,
        String transport,
        boolean draining,
        String node) {

    public ConnectedWorker {
        types = List.copyOf(types);
    }
}

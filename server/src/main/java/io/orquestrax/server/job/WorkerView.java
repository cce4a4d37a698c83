package io.orquestrax.server.job;

import java.time.Instant;
import java.util.List;

/**
 * A connected worker.
 *
 * @param capacity jobs at a time
 * @param running jobs that it has now
 * @param transport {@code stream} or {@code http}
 * @param node id of the node that it is connected to; empty for the one that is asked
 */
public record WorkerView(
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
        Instant connectedAt,
        String transport,
        boolean draining,
        String node) {

    public WorkerView {
        types = List.copyOf(types);
    }

    /** Of the node that is asked. */
    public WorkerView(
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
            Instant connectedAt,
            String transport,
            boolean draining) {
        this(
                id,
                name,
                types,
                capacity,
                running,
                host,
                pid,
                language,
                sdkVersion,
                buildId,
                connectedAt,
                transport,
                draining,
                "");
    }

    WorkerView at(String itsNode) {
        return new WorkerView(
                id,
                name,
                types,
                capacity,
                running,
                host,
                pid,
                language,
                sdkVersion,
                buildId,
                connectedAt,
                transport,
                draining,
                itsNode);
    }
}

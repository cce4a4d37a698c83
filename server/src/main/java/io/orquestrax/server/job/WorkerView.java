package io.orquestrax.server.job;

import java.time.Instant;
import java.util.List;

/**
 * A connected worker.
 *
 * @param capacity jobs at a time
 * @param running jobs that it has now
 * @param transport {@code stream} or {@code http}
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
        boolean draining) {

    public WorkerView {
        types = List.copyOf(types);
    }
}

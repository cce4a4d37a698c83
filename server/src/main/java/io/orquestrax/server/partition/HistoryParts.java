package io.orquestrax.server.partition;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Semaphore;

/**
 * How all partitions of a node read histories, and what spares them reading.
 *
 * @param longReads one permit for each long history that is read at the same time
 */
record HistoryParts(InstanceHistory history, ParallelLoader loader, Snapshots snapshots, Semaphore longReads) {

    static HistoryParts of(PartitionParts parts, MeterRegistry registry) {
        InstanceHistory history = new InstanceHistory(parts.queries());
        return new HistoryParts(
                history,
                new ParallelLoader(history, parts.recoveryParallelism()),
                new Snapshots(parts.snapshotInterval(), registry),
                // They leave room for the others.
                new Semaphore(Math.max(1, parts.recoveryParallelism() / 2)));
    }
}

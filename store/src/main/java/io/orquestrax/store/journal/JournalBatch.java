package io.orquestrax.store.journal;

import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.Map;

/**
 * What one transaction of the journal writes.
 *
 * @param epochs of every partition that it writes, as its owner knows them
 * @param instances at most one row an instance, the latest
 * @param consequences what else follows; nearly always none
 */
public record JournalBatch(
        Map<Integer, Long> epochs, List<EventRow> events, List<InstanceRow> instances, Consequences consequences) {

    public JournalBatch(Map<Integer, Long> epochs, List<EventRow> events, List<InstanceRow> instances) {
        this(epochs, events, instances, Consequences.NONE);
    }

    public JournalBatch {
        epochs = Map.copyOf(epochs);
        events = List.copyOf(events);
        instances = List.copyOf(instances);
    }

    /** A batch without the epoch of a partition that it writes could not be fenced. */
    void requireProof() {
        if (epochs.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected the epochs of the partitions that the batch writes, but got none");
        }
        for (InstanceRow row : instances) {
            if (!epochs.containsKey(row.partition())) {
                throw new IllegalArgumentException("Expected the epoch of partition " + row.partition()
                        + " for instance " + row.id() + ", but the batch proves " + epochs.keySet());
            }
        }
    }
}

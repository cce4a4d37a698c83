package io.orquestrax.store.partition;

import io.orquestrax.store.Database;
import java.util.Map;
import java.util.Set;

/** Which node owns which partition, and in which epoch. */
public final class PartitionRegister {

    public PartitionRegister(Database database) {}

    /** Makes the partitions' rows if the database has none, and returns how many there are. */
    public int initialize(int count) {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * Raises the epoch of every partition and makes the node their owner.
     *
     * @return epoch by partition
     */
    public Map<Integer, Long> claimAll(String node) {
        throw new UnsupportedOperationException("to be built");
    }

    public void release(String node, Set<Integer> partitions) {
        throw new UnsupportedOperationException("to be built");
    }
}

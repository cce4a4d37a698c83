package io.orquestrax.store.journal;

import io.orquestrax.store.StoreException;
import java.util.Set;

/** Partitions of a batch have another owner by now; nothing of the batch was written. */
public final class FencedException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient Set<Integer> partitions;

    public FencedException(Set<Integer> partitions) {
        super("Expected to own the partitions " + partitions + ", but their epochs have been raised");
        this.partitions = Set.copyOf(partitions);
    }

    public Set<Integer> partitions() {
        return partitions;
    }
}

package io.orquestrax.server.partition;

import java.util.UUID;

/** Which partition an instance belongs to. */
@FunctionalInterface
public interface PartitionAddresses {
    int partitionOf(UUID instance);
}

package io.orquestrax.server.partition;

import java.util.UUID;

/** Which partition an instance belongs to: stored in every instance's row, and so never to be changed. */
public final class PartitionHash {
    private PartitionHash() {}

    public static int partitionOf(UUID instance, int count) {
        // The finalizer of MurmurHash3, since the bits of a UUIDv7 are not random everywhere.
        long bits = instance.getMostSignificantBits() ^ instance.getLeastSignificantBits();
        bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) Long.remainderUnsigned(bits ^ (bits >>> 33), count);
    }
}

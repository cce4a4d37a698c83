package io.orquestrax.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** Ids that a decision gives out: the same where it is made again, for they are drawn from where they stand. */
final class DerivedId {
    private static final long VARIANT = 0x8000000000000000L;

    private DerivedId() {}

    /** A UUIDv8. */
    static UUID of(String purpose, UUID instance, long activation) {
        ByteBuffer hash = hash(purpose, instance, activation, 0);
        return new UUID(version(hash.getLong(0), 8), variant(hash.getLong(Long.BYTES)));
    }

    /**
     * A UUIDv7.
     *
     * @param number of the attempt to give out an id there, from 1
     */
    static UUID ofTime(Instant time, String purpose, UUID instance, long activation, int number) {
        ByteBuffer hash = hash(purpose, instance, activation, number);
        long high = (time.toEpochMilli() << 16) | (hash.getLong(0) & 0xFFFF);
        return new UUID(version(high, 7), variant(hash.getLong(Long.BYTES)));
    }

    private static long version(long high, int version) {
        return (high & ~0xF000L) | ((long) version << 12);
    }

    private static long variant(long low) {
        return (low >>> 2) | VARIANT;
    }

    private static ByteBuffer hash(String purpose, UUID instance, long activation, int number) {
        byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
        ByteBuffer text = ByteBuffer.allocate(name.length + 3 * Long.BYTES + Integer.BYTES)
                .put(name)
                .putLong(instance.getMostSignificantBits())
                .putLong(instance.getLeastSignificantBits())
                .putLong(activation)
                .putInt(number);
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.array()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Expected SHA-256 in every JDK, but it is missing", impossible);
        }
    }
}

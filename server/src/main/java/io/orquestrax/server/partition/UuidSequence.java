package io.orquestrax.server.partition;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** UUIDv7 (RFC 9562), each greater than the one before, even within a millisecond or after a step back of the clock. */
public final class UuidSequence {
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_LIMIT = 1L << COUNTER_BITS;

    /** Half of the counter is left for the ids that follow in the same millisecond (RFC 9562, section 6.2). */
    private static final int COUNTER_START_LIMIT = 1 << (COUNTER_BITS - 1);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private long millis;
    private long counter;

    public UuidSequence(Clock clock) {
        this.clock = clock;
    }

    public synchronized UUID next() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            counter = random.nextInt(COUNTER_START_LIMIT);
        } else if (++counter == COUNTER_LIMIT) {
            millis++;
            counter = random.nextInt(COUNTER_START_LIMIT);
        }
        long high = (millis << 16) | 0x7000L | counter;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Smaller than every id that was made at this moment or later. */
    public static UUID lowest(Instant moment) {
        return new UUID((moment.toEpochMilli() << 16) | 0x7000L, 0x8000_0000_0000_0000L);
    }
}

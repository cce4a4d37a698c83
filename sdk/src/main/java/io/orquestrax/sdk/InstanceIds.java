package io.orquestrax.sdk;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids for instances to be: UUIDv7 (RFC 9562), so that they lie where their time does. */
final class InstanceIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private InstanceIds() {}

    static UUID next() {
        long high = System.currentTimeMillis() << 16 | 0x7000L | RANDOM.nextInt(1 << 12);
        long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}

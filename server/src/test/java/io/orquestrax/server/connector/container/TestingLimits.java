package io.orquestrax.server.connector.container;

import io.orquestrax.server.connector.process.ProcessLimits;
import java.time.Duration;

/** Limits that nothing in a test reaches. */
final class TestingLimits {
    static final ProcessLimits USUAL = new ProcessLimits(Duration.ofMinutes(1), 512L << 20, 1 << 20, 64L << 20, 64);

    private TestingLimits() {}
}

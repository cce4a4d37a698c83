package io.orquestrax.server.job;

import java.time.Duration;

/**
 * What bounds a dispatcher.
 *
 * @param grace how long a worker may be away before its jobs go to others
 * @param unclaimedGrace how long recovered jobs wait to be claimed by the workers that still run them
 * @param maxLease longest lease that a worker without a stream may ask for
 * @param maxPayloadBytes largest output or progress, as JSON text in UTF-8
 */
public record DispatcherSettings(Duration grace, Duration unclaimedGrace, Duration maxLease, int maxPayloadBytes) {
    public static final int DEFAULT_MAX_PAYLOAD_BYTES = 2 * 1024 * 1024;

    public DispatcherSettings(Duration grace, Duration unclaimedGrace, Duration maxLease) {
        this(grace, unclaimedGrace, maxLease, DEFAULT_MAX_PAYLOAD_BYTES);
    }
}

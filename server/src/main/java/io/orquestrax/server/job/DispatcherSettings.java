package io.orquestrax.server.job;

import java.time.Duration;

/**
 * @param grace how long a worker may be away before its jobs go to others
 * @param unclaimedGrace how long recovered jobs wait to be claimed by the workers that still run them
 * @param maxLease longest lease that a worker without a stream may ask for
 */
public record DispatcherSettings(Duration grace, Duration unclaimedGrace, Duration maxLease) {}

package io.orquestrax.bench.benchmark;

import java.time.Duration;

/**
 * What bounds a run.
 *
 * @param duration in which instances are started
 * @param instances most that are started
 * @param inFlight most that are open at a time, where a benchmark has more than one caller
 */
public record Load(Duration duration, int instances, int inFlight) {}

package io.orquestrax.bench.torture.plan;

import java.time.Duration;

/**
 * One fault of a plan.
 *
 * @param number from 1
 * @param pause of quiet before it
 * @param target index of the node or worker; 0 where there is nothing to choose
 * @param length how long the victim stays down, frozen or cut off
 */
public record PlannedFault(int number, Duration pause, FaultKind kind, int target, Duration length) {}

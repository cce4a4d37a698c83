package io.orquestrax.store.cloudevent;

import java.time.Instant;

/**
 * One kind of event that an activation listens for; empty texts where there is no condition.
 *
 * @param ordinal from 0 in its activation
 * @param shape the expressions that correlate, as a JSON array
 * @param match SHA-256 of the values expected of them
 * @param startedAt when the instance started
 */
public record SubscriptionRow(
        Listener listener, int ordinal, int partition, String type, String shape, String match, Instant startedAt) {}

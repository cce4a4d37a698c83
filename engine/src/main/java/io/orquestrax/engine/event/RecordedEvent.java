package io.orquestrax.engine.event;

import java.time.Instant;

/**
 * An event with its place in the history.
 *
 * @param sequence from 1, without gaps
 */
public record RecordedEvent(long sequence, Instant time, Event event) {}

package io.orquestrax.engine.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A CloudEvent that was stored, on its way to those who listen.
 *
 * @param position its number in the store, unique; what tells a second delivery
 * @param keptUntil when it is no longer kept for listeners that come late, so that it need not be remembered longer
 * @param envelope the CloudEvent in its JSON format, with {@code data} as JSON
 */
public record ReceivedEvent(long position, Instant keptUntil, JsonNode envelope) {}

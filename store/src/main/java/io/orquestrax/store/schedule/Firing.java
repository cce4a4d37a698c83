package io.orquestrax.store.schedule;

import io.orquestrax.store.message.MessageRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger does now that it is due.
 *
 * @param nextAt when it is due again; absent where something else decides that
 * @param start the message that starts an instance; absent where it starts nothing, since it cannot be read any more
 */
public record Firing(@Nullable Instant nextAt, @Nullable MessageRow start) {}

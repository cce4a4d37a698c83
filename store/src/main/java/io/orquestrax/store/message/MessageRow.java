package io.orquestrax.store.message;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way to an instance.
 *
 * @param id UUIDv7; messages are handled in the order of their ids
 * @param partition of the instance
 * @param instance that it goes to; need not be there yet
 * @param position of the event that it brings; null for other kinds
 * @param data JSON text, what the command says
 */
public record MessageRow(
        UUID id,
        int partition,
        UUID instance,
        MessageKind kind,
        @Nullable Long position,
        String data) {}

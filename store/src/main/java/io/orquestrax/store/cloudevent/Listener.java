package io.orquestrax.store.cloudevent;

import java.util.UUID;

/** An activation that listens. */
public record Listener(UUID instance, long activation) {}

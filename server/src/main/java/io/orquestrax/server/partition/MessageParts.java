package io.orquestrax.server.partition;

import io.orquestrax.server.event.EventSinks;
import io.orquestrax.server.event.KeptEvents;
import io.orquestrax.server.event.LifecycleScope;
import io.orquestrax.store.message.Messages;

/** What a partition sends and handles messages with. */
public record MessageParts(
        Messages messages,
        PlanLookup plans,
        KeptEvents events,
        UuidSequence ids,
        EventSinks sinks,
        LifecycleScope lifecycle) {}

package io.orquestrax.bench.torture.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance as it stands in the database, with its history.
 *
 * @param definition name of its definition
 * @param key null where it has none
 * @param output null where it has none
 * @param error why it faulted; null where it did not
 * @param closedAt null while it is open
 */
record InstanceEvidence(
        String id,
        int partition,
        String definition,
        @Nullable String key,
        String status,
        @Nullable JsonNode input,
        @Nullable JsonNode output,
        @Nullable String error,
        Instant startedAt,
        @Nullable Instant closedAt,
        List<EventEvidence> events) {
    private static final int TOLD_EVENTS = 6;

    InstanceEvidence {
        events = List.copyOf(events);
    }

    InstanceEvidence withoutEvents() {
        return new InstanceEvidence(
                id, partition, definition, key, status, null, null, error, startedAt, closedAt, List.of());
    }

    long number() {
        return input == null ? 0 : input.path("number").asLong();
    }

    /** The end of its history, for people. */
    String lastEvents() {
        return String.join(
                ", ",
                events.subList(Math.max(0, events.size() - TOLD_EVENTS), events.size()).stream()
                        .map(event -> event.sequence() + " " + event.type() + " of " + event.activation() + "."
                                + event.attempt() + " at " + event.at())
                        .toList());
    }

    Violation violation(String promise, String detail) {
        return new Violation(promise, definition + " " + id, detail + "; last events: " + lastEvents());
    }
}

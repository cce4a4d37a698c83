package io.orquestrax.server.peer;

import io.orquestrax.protocol.JobId;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What commands left behind in the database, or a double of it. Its methods block. */
public interface Traces {

    /** Sequence number of the newest event; 0 where there is none. */
    long lastSequence(UUID instance);

    /** The instance, where an event of this type came soon after a sequence number. */
    Optional<InstanceRow> findIfFollowed(UUID instance, long afterSequence, String type);

    /** Whether the attempt ended with an event of one of these types. */
    boolean hasEnd(JobId job, Set<String> types);

    static Traces of(InstanceQueries queries) {
        return new Traces() {
            /** Between the reading of the sequence number and the try. */
            private static final int MOST_EVENTS = 1_000;

            @Override
            public long lastSequence(UUID instance) {
                return queries.lastSequence(instance);
            }

            @Override
            public boolean hasEnd(JobId job, Set<String> types) {
                return queries.hasEvent(job.instance(), job.activation(), job.attempt(), types);
            }

            @Override
            public Optional<InstanceRow> findIfFollowed(UUID instance, long afterSequence, String type) {
                List<EventRow> events = queries.history(instance, afterSequence, MOST_EVENTS);
                return events.stream().anyMatch(event -> event.type().equals(type))
                        ? queries.find(instance)
                        : Optional.empty();
            }
        };
    }
}

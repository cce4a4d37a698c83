package io.orquestrax.store.instance;

import io.orquestrax.engine.Status;
import io.orquestrax.store.Database;
import io.orquestrax.store.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What pages, lists and recovery read of instances. */
public final class InstanceQueries {

    public InstanceQueries(Database database) {}

    public Optional<InstanceRow> find(UUID id) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Newest first, without input and output; pages by key, never by offset. */
    public Page<InstanceRow> list(InstanceFilter filter, int pageSize, @Nullable String pageToken) {
        throw new UnsupportedOperationException("to be built");
    }

    /** How many instances are open, by status; never counts the closed ones. */
    public Map<Status, Long> openCounts() {
        throw new UnsupportedOperationException("to be built");
    }

    /** The events after a sequence number, at most so many, in order. */
    public List<EventRow> history(UUID id, long afterSequence, int limit) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Ids of a partition's instances that want memory at once: pending or running. */
    public List<UUID> running(int partition) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Waiting instances of a partition whose wake-up time is before the moment given, earliest first. */
    public List<WakeUp> wakeUps(int partition, Instant before, int limit) {
        throw new UnsupportedOperationException("to be built");
    }

    /** An instance and when it wants to be woken. */
    public record WakeUp(UUID instance, Instant at) {}
}

package io.orquestrax.server.partition;

import io.orquestrax.server.journal.JournalEntry;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.instance.SnapshotRow;
import io.orquestrax.store.journal.Consequences;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A snapshot of what is durable already. */
record SnapshotEntry(Tenure tenure, SnapshotRow snapshot) implements JournalEntry {

    @Override
    public UUID instance() {
        return snapshot.instance();
    }

    @Override
    public List<EventRow> events() {
        return List.of();
    }

    @Override
    public @Nullable InstanceRow row() {
        return null;
    }

    @Override
    public Consequences consequences() {
        return Consequences.builder().snapshot(snapshot).build();
    }

    @Override
    public boolean isAbandoned() {
        return false;
    }

    @Override
    public void durable() {}

    /** Nothing rests on it. */
    @Override
    public void refused(RuntimeException cause) {}
}

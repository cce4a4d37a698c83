package io.orquestrax.server.partition;

import io.orquestrax.server.journal.JournalEntry;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.store.instance.SnapshotRow;
import io.orquestrax.store.journal.Consequences;
import java.util.UUID;

/** A snapshot of what is durable already. */
record SnapshotEntry(Tenure tenure, SnapshotRow snapshot) implements JournalEntry {

    @Override
    public UUID instance() {
        return snapshot.instance();
    }

    @Override
    public Consequences consequences() {
        return Consequences.builder().snapshot(snapshot).build();
    }

    @Override
    public void durable() {}

    /** Nothing rests on it. */
    @Override
    public void refused(RuntimeException cause) {}
}

package io.orquestrax.server.partition;

import io.orquestrax.server.journal.JournalEntry;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.message.MessageRow;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message that led to no decision: it goes, and perhaps an answer to it. */
record SettledEntry(Partition partition, Tenure tenure, MessageRow message, Consequences consequences)
        implements JournalEntry {

    @Override
    public UUID instance() {
        return message.instance();
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
    public boolean isAbandoned() {
        return false;
    }

    @Override
    public void durable() {
        partition.committed(consequences);
        partition.post(new Message.Settled(message.id()));
    }

    @Override
    public void refused(RuntimeException cause) {
        partition.post(new Message.Settled(message.id()));
    }
}

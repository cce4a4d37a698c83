package io.orquestrax.server.partition;

import io.orquestrax.server.journal.JournalEntry;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.message.MessageRow;
import java.util.UUID;

/** A message that led to no decision: it goes, and perhaps an answer to it. */
record SettledEntry(Partition partition, Tenure tenure, MessageRow message, Consequences consequences)
        implements JournalEntry {

    @Override
    public UUID instance() {
        return message.instance();
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

package io.orquestrax.server.journal;

import io.orquestrax.store.journal.FencedException;
import io.orquestrax.store.journal.JournalBatch;
import io.orquestrax.store.journal.JournalWriter;

/** Where a lane's batches go: {@link JournalWriter}, or a double of it. */
public interface BatchWriter extends AutoCloseable {

    /**
     * Returns when the batch is durable.
     *
     * @throws FencedException if an epoch does not hold; nothing was written
     */
    void write(JournalBatch batch) throws InterruptedException;

    @Override
    void close();

    /** Takes back what it writes; shares the writer with the one whose batches stay. */
    static BatchWriter rehearsing(JournalWriter writer) {
        return new BatchWriter() {
            @Override
            public void write(JournalBatch batch) {
                writer.rehearse(batch);
            }

            @Override
            public void close() {
                // The other one closes it.
            }
        };
    }

    static BatchWriter of(JournalWriter writer) {
        return new BatchWriter() {
            @Override
            public void write(JournalBatch batch) throws InterruptedException {
                writer.write(batch);
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }
}

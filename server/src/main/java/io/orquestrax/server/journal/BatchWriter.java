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

package io.orquestrax.store.journal;

import io.orquestrax.store.Database;

/**
 * Writes batches to the journal over a connection of its own, one at a time.
 *
 * <p>One statement, one round trip a batch: it proves the epochs, inserts the events, writes the instances' rows and
 * releases the business keys of those that closed.
 */
public final class JournalWriter implements AutoCloseable {

    public JournalWriter(Database database) {}

    /**
     * Returns when the batch is durable. A commit whose outcome is unknown (the connection broke) is settled by
     * reading back before this returns or throws; while the database is away it waits and tries again.
     *
     * @throws FencedException if an epoch does not hold; nothing was written
     * @throws InterruptedException if interrupted while the database is away
     */
    public void write(JournalBatch batch) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }

    @Override
    public void close() {}
}

package io.orquestrax.store.journal;

import io.orquestrax.store.Database;
import io.orquestrax.store.SqlState;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.journal.JournalSession.Backend;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to the journal over a connection of its own, one at a time.
 *
 * <p>One statement, one round trip a batch: it proves the epochs, inserts the events, writes the instances' rows and
 * releases the business keys of those that closed.
 */
public final class JournalWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final int FAILURES_PER_WARNING = 20;

    private final Database database;
    private @Nullable JournalSession session;
    private @Nullable Backend predecessor;

    /** Connects at the first batch, or the first that is rehearsed. */
    public JournalWriter(Database database) {
        this.database = database;
    }

    /**
     * Returns when the batch is durable. A commit whose outcome is unknown (the connection broke) is settled by
     * reading back before this returns or throws; while the database is away it waits and tries again.
     *
     * @throws FencedException if an epoch does not hold; nothing was written
     * @throws StoreException if the database refuses the batch; nothing was written
     * @throws InterruptedException if interrupted while the database is away; whether the batch was written is then
     *     unknown
     */
    public synchronized void write(JournalBatch batch) throws InterruptedException {
        batch.requireProof();
        boolean isOutcomeUnknown = false;
        for (int failures = 0; ; failures++) {
            boolean isWriting = false;
            try {
                JournalSession current = session();
                if (isOutcomeUnknown && current.hasWritten(batch.events())) {
                    LOG.info("The batch that was being written when the connection broke had been committed");
                    return;
                }
                isOutcomeUnknown = false;
                isWriting = true;
                requireAll(batch, current.write(batch));
                return;
            } catch (SQLException e) {
                SqlState state = SqlState.of(e);
                isOutcomeUnknown |= isWriting && state.isConnectionLost();
                leaveSession();
                if (!state.isConnectionLost() && !state.isPassing()) {
                    throw new StoreException("Expected to write a batch of the journal, but " + e.getMessage(), e);
                }
                tell(failures, e);
                pause(failures);
            }
        }
    }

    /**
     * Does all that {@link #write} does, and takes it back: nothing of the batch is ever seen. The connection is there
     * then, and its statements are prepared.
     *
     * @throws StoreException if the database is away or refuses the batch
     */
    public synchronized void rehearse(JournalBatch batch) {
        batch.requireProof();
        try {
            session().rehearse(batch);
        } catch (SQLException e) {
            leaveSession();
            throw new StoreException("Expected to rehearse a batch of the journal, but " + e.getMessage(), e);
        }
    }

    private JournalSession session() throws SQLException {
        JournalSession current = session;
        if (current == null) {
            current = JournalSession.open(database, predecessor);
            session = current;
            predecessor = null;
        }
        return current;
    }

    private void leaveSession() {
        JournalSession current = session;
        if (current != null) {
            predecessor = current.backend();
            session = null;
            try {
                current.close();
            } catch (SQLException e) {
                LOG.debug("Closing a broken connection failed", e);
            }
        }
    }

    private static void requireAll(JournalBatch batch, Set<Integer> held) {
        Set<Integer> lost = new HashSet<>(batch.epochs().keySet());
        lost.removeAll(held);
        if (!lost.isEmpty()) {
            throw new FencedException(lost);
        }
    }

    private static void tell(int failures, SQLException failure) {
        if (failures % FAILURES_PER_WARNING == 0) {
            LOG.warn("The journal waits for the database: {}", failure.getMessage());
        } else {
            LOG.debug("The journal still waits for the database", failure);
        }
    }

    /** Random, so that nodes do not come back all at once. */
    private static void pause(int failures) throws InterruptedException {
        long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
        Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    @Override
    public synchronized void close() {
        leaveSession();
    }
}

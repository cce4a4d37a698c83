package io.orquestrax.server.journal;

import io.orquestrax.store.StoreException;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.journal.FencedException;
import io.orquestrax.store.journal.JournalBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Keeps what is written, and refuses, fences or waits as a test wants. */
final class TestingWriter implements BatchWriter {
    private static final int PLENTY = 1_000_000;

    final Semaphore permits = new Semaphore(PLENTY);
    final Semaphore arrived = new Semaphore(0);
    private final List<JournalBatch> written = new ArrayList<>();
    private final Set<UUID> refused = new HashSet<>();
    private final Set<Integer> fenced = new HashSet<>();

    synchronized void refuse(UUID instance) {
        refused.add(instance);
    }

    synchronized void fence(int partition) {
        fenced.add(partition);
    }

    /** Every batch from now on waits for a permit. */
    void hold() {
        permits.drainPermits();
    }

    void letGo() {
        permits.release(PLENTY);
    }

    @Override
    public void write(JournalBatch batch) throws InterruptedException {
        arrived.release();
        permits.acquire();
        synchronized (this) {
            Set<Integer> lost = new HashSet<>(batch.epochs().keySet());
            lost.retainAll(fenced);
            if (!lost.isEmpty()) {
                throw new FencedException(lost);
            }
            for (EventRow event : batch.events()) {
                if (refused.contains(event.instance())) {
                    throw new StoreException("Expected a value that fits, but " + event.instance() + " has none");
                }
            }
            written.add(batch);
        }
    }

    synchronized List<JournalBatch> written() {
        return List.copyOf(written);
    }

    synchronized List<EventRow> events() {
        return written.stream().flatMap(batch -> batch.events().stream()).toList();
    }

    @Override
    public void close() {}
}

package io.orquestrax.server.journal;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.journal.FencedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one batch after the other; while one commits, the next fills. */
final class JournalLane {
    private static final Logger LOG = LoggerFactory.getLogger(JournalLane.class);

    /** Committed batches whose replies and effects are still to be given; more of them pause the lane. */
    private static final int UNTOLD_BATCHES = 4;

    /** Queued entries from which on work that nobody waits for is put off. */
    private static final int ROOM = 500;

    private final BlockingQueue<Item> queue;
    private final BatchWriter writer;
    private final JournalLimits limits;
    private final Consumer<Set<Integer>> onFenced;
    private final JournalMeters meters;
    private final Thread thread;
    private final ExecutorService teller;
    private final Semaphore untold = new Semaphore(UNTOLD_BATCHES);

    private sealed interface Item {
        record Append(JournalEntry entry) implements Item {}

        record Flush(CountDownLatch done) implements Item {}

        record End() implements Item {}
    }

    JournalLane(
            int number,
            BatchWriter writer,
            JournalLimits limits,
            Consumer<Set<Integer>> onFenced,
            JournalMeters meters) {
        this.queue = new ArrayBlockingQueue<>(limits.queuedEntries());
        this.writer = writer;
        this.limits = limits;
        this.onFenced = onFenced;
        this.meters = meters;
        this.thread = Thread.ofPlatform().name("journal-" + number).daemon().unstarted(this::run);
        this.teller = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("journal-" + number + "-teller").factory());
    }

    void start() {
        thread.start();
    }

    /** Whether what is appended now is in one of the next two batches. */
    boolean hasRoom() {
        return queue.size() < ROOM;
    }

    int queued() {
        return queue.size();
    }

    void append(JournalEntry entry) {
        put(new Item.Append(entry));
    }

    void flush() {
        CountDownLatch done = new CountDownLatch(1);
        put(new Item.Flush(done));
        try {
            done.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable("The node is stopping.");
        }
    }

    /**
     * Writes what was appended, then ends; what is not written at the deadline is refused.
     *
     * @param deadlineNanos as of {@link System#nanoTime}
     */
    void stop(long deadlineNanos) {
        try {
            boolean isTold = queue.offer(new Item.End(), untilNanos(deadlineNanos), TimeUnit.NANOSECONDS);
            if (!isTold || !thread.join(Duration.ofNanos(untilNanos(deadlineNanos)))) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        teller.close();
        writer.close();
    }

    private static long untilNanos(long deadlineNanos) {
        return Math.max(1, deadlineNanos - System.nanoTime());
    }

    private void put(Item item) {
        try {
            queue.put(item);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable("The node is stopping.");
        }
    }

    private void run() {
        List<JournalEntry> entries = new ArrayList<>();
        try {
            while (true) {
                Item item = queue.take();
                entries.clear();
                Item next = fill(entries, item);
                write(new Batch(entries));
                switch (next) {
                    case Item.Flush flush -> tell(() -> flush.done().countDown());
                    case Item.End ignored -> {
                        return;
                    }
                    case Item.Append ignored -> {}
                }
            }
        } catch (InterruptedException interrupted) {
            refuse(new Batch(entries), unavailable("The node is stopping."));
            refuseQueued();
        }
    }

    /** Takes entries until the batch is full or the queue is empty; returns the item that ended it. */
    private Item fill(List<JournalEntry> entries, Item first) {
        Item item = first;
        int rows = 0;
        long bytes = 0;
        while (item instanceof Item.Append(JournalEntry entry)) {
            entries.add(entry);
            rows += Batch.rows(entry);
            bytes += Batch.bytes(entry);
            if (rows >= limits.batchRows() || bytes >= limits.batchBytes()) {
                return item;
            }
            Item next = queue.poll();
            if (next == null) {
                return item;
            }
            item = next;
        }
        return item;
    }

    private void write(Batch batch) throws InterruptedException {
        Batch live = batch.live();
        if (live.entries().size() < batch.entries().size()) {
            refuse(without(batch, live), unavailable("The instance was taken back to its last durable state."));
        }
        if (live.isEmpty()) {
            return;
        }
        try {
            commit(live);
        } catch (FencedException fenced) {
            lose(live, fenced);
            write(live);
        } catch (RuntimeException refused) {
            isolate(live, refused);
        }
    }

    private void commit(Batch batch) throws InterruptedException {
        if (batch.hasRows()) {
            long began = System.nanoTime();
            writer.write(batch.toWrite());
            meters.commits().record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            meters.batchRows().record(batch.rows());
            meters.events()
                    .increment(batch.entries().stream()
                            .mapToInt(entry -> entry.events().size())
                            .sum());
        }
        tell(() -> batch.entries().forEach(JournalLane::tellDurable));
    }

    private void lose(Batch batch, FencedException fenced) {
        LOG.warn("Lost the partitions {}: another node has claimed them", fenced.partitions());
        for (JournalEntry entry : batch.entries()) {
            // An answer that names none of the batch's partitions must not be tried again for ever.
            if (fenced.partitions().isEmpty()
                    || fenced.partitions().contains(entry.tenure().partition())) {
                entry.tenure().lose();
            }
        }
        onFenced.accept(fenced.partitions());
    }

    /** Finds what the database refuses, so that only the instance that it stands in suffers. */
    private void isolate(Batch batch, RuntimeException refused) throws InterruptedException {
        List<Batch> halves = batch.halves();
        if (halves.size() > 1) {
            for (Batch half : halves) {
                write(half);
            }
            return;
        }
        LOG.error(
                "Instance {}: its events cannot be written, and it goes back to its last durable state",
                batch.entries().getFirst().instance(),
                refused);
        refuse(
                batch,
                new ServiceException(
                        ErrorCode.INTERNAL,
                        "Expected to write the events of the instance, but the database refused them: "
                                + refused.getMessage()));
    }

    private void refuse(Batch batch, RuntimeException cause) {
        batch.entries().forEach(entry -> {
            meters.refused().increment();
            try {
                entry.refused(cause);
            } catch (RuntimeException bug) {
                LOG.error("Instance {}: telling of a refused decision failed", entry.instance(), bug);
            }
        });
    }

    private void refuseQueued() {
        List<Item> rest = new ArrayList<>();
        queue.drainTo(rest);
        for (Item item : rest) {
            switch (item) {
                case Item.Append(JournalEntry entry) ->
                    refuse(new Batch(List.of(entry)), unavailable("The node is stopping."));
                case Item.Flush(CountDownLatch done) -> done.countDown();
                case Item.End ignored -> {}
            }
        }
    }

    /** Replies and effects are given on a thread of their own, so that the next batch is written meanwhile. */
    private void tell(Runnable news) throws InterruptedException {
        untold.acquire();
        teller.execute(() -> {
            try {
                news.run();
            } finally {
                untold.release();
            }
        });
    }

    private static void tellDurable(JournalEntry entry) {
        try {
            entry.durable();
        } catch (RuntimeException bug) {
            LOG.error("Instance {}: what follows its commit failed", entry.instance(), bug);
        }
    }

    private static Batch without(Batch batch, Batch live) {
        if (batch.entries().size() == live.entries().size()) {
            return new Batch(List.of());
        }
        Set<JournalEntry> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(live.entries());
        return new Batch(
                batch.entries().stream().filter(entry -> !kept.contains(entry)).toList());
    }

    private static ServiceException unavailable(String detail) {
        return new ServiceException(ErrorCode.UNAVAILABLE, detail);
    }
}

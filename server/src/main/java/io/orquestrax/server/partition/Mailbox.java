package io.orquestrax.server.partition;

import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.message.Messages;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which messages of a partition are in memory. Those beyond the limit wait in the table, and from then on all others
 * too until it was read, so that they are handled in order.
 */
final class Mailbox {
    /** Messages in the queue of a partition; as many may be under way besides. */
    static final int LIMIT = 10_000;

    static final int PAGE = 500;

    private final int partition;
    private final Messages messages;
    private final AtomicInteger queued = new AtomicInteger();
    private final Set<UUID> underWay = new HashSet<>();
    private volatile boolean behind = true;
    private UUID readUntil = Messages.BEGINNING;

    Mailbox(int partition, Messages messages) {
        this.partition = partition;
        this.messages = messages;
    }

    /** From any thread: whether the message may stand in the queue; else it is read from the table in its turn. */
    boolean admits() {
        if (behind) {
            return false;
        }
        if (queued.incrementAndGet() > LIMIT) {
            queued.decrementAndGet();
            behind = true;
            return false;
        }
        return true;
    }

    /** It left the queue. */
    void taken() {
        queued.decrementAndGet();
    }

    /** From any thread: some may wait in the table. */
    void look() {
        behind = true;
    }

    /** For a new tenure: what the last one had under way is read again. */
    void forget() {
        underWay.clear();
        readUntil = Messages.BEGINNING;
        behind = true;
    }

    /** False where it is under way already. */
    boolean begin(UUID message) {
        return underWay.add(message);
    }

    /** Its row has gone, or it is to be tried again later. */
    void end(UUID message) {
        underWay.remove(message);
    }

    boolean mustRead() {
        return behind && queued.get() == 0 && underWay.size() < LIMIT;
    }

    /**
     * The next page of the table, in order.
     *
     * @throws io.orquestrax.store.StoreException if it cannot be read; it is read again later
     */
    List<MessageRow> read() {
        // Before the read: one that is turned away from now on is committed later than what the read may miss.
        behind = false;
        try {
            List<MessageRow> page = messages.page(partition, readUntil, PAGE);
            boolean isLast = page.size() < PAGE;
            readUntil = isLast ? Messages.BEGINNING : page.getLast().id();
            behind |= !isLast;
            return page;
        } catch (RuntimeException away) {
            behind = true;
            throw away;
        }
    }
}

package io.orquestrax.server.peer;

import io.orquestrax.protocol.cluster.v1.Frame;
import io.orquestrax.protocol.cluster.v1.Item;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What waits to be sent over a link, in order; what waits together goes together. */
final class FrameQueue {
    private final LinkLimits limits;
    private final Queue<Item> items = new ArrayDeque<>();
    private final Set<Item> substitutes = new HashSet<>();
    private long bytes;
    private long lastTakenCall;

    /** What became of an item. */
    enum Outcome {
        /** Nothing waited before it, so somebody must begin to send. */
        FIRST,
        QUEUED,
        /** It does not wait here. */
        FULL
    }

    FrameQueue(LinkLimits limits) {
        this.limits = limits;
    }

    synchronized Outcome offer(Item item) {
        boolean isFirst = items.isEmpty();
        long size = item.getSerializedSize();
        boolean fits = items.size() < limits.queuedItems() && bytes + size <= limits.queuedBytes();
        if (size > LinkLimits.MAX_FRAME_BYTES || !isFirst && !fits) {
            return Outcome.FULL;
        }
        return add(item, size, isFirst);
    }

    /**
     * As {@link #offer(Item)}, but where the queue is half full only the substitute waits, and only once: it stands for
     * all that was left out until it is sent.
     */
    synchronized Outcome offer(Item item, Item substitute) {
        long size = item.getSerializedSize();
        boolean isLoaded = items.size() >= limits.queuedItems() / 2
                || (bytes + size > limits.queuedBytes() / 2 && !items.isEmpty());
        if (!isLoaded && size <= limits.frameBytes()) {
            return add(item, size, items.isEmpty());
        }
        return substitutes.add(substitute)
                ? add(substitute, substitute.getSerializedSize(), items.isEmpty())
                : Outcome.QUEUED;
    }

    /** Null where nothing waits. */
    synchronized @Nullable Frame next() {
        if (items.isEmpty()) {
            return null;
        }
        Frame.Builder frame = Frame.newBuilder();
        long size = 0;
        for (Item item = items.peek(); item != null; item = items.peek()) {
            size += item.getSerializedSize();
            if (size > limits.frameBytes() && frame.getItemsCount() > 0) {
                break;
            }
            items.remove();
            bytes -= item.getSerializedSize();
            substitutes.remove(item);
            lastTakenCall = Math.max(lastTakenCall, item.getCall());
            frame.addItems(item);
        }
        return frame.build();
    }

    /** Number of the last request among what was taken; the requests after it are all still here. */
    synchronized long lastTakenCall() {
        return lastTakenCall;
    }

    private Outcome add(Item item, long size, boolean isFirst) {
        items.add(item);
        bytes += size;
        return isFirst ? Outcome.FIRST : Outcome.QUEUED;
    }
}

package io.orquestrax.server.partition;

import io.orquestrax.store.instance.EventRow;
import java.util.List;

/**
 * What was written of an instance since its last snapshot: tells when the next is due. For one thread at a time.
 *
 * <p>So many events must have come, and where the state is large, as many bytes as the last snapshot had: so snapshots at
 * most double what is written, however large the state is.
 */
final class SnapshotPace {
    /** A snapshot of up to this length costs little. */
    private static final long SMALL = 64 * 1024;

    private boolean isStored;
    private long events;
    private long bytes;
    private long lastBytes;

    void wrote(List<EventRow> rows) {
        events += rows.size();
        for (EventRow row : rows) {
            bytes += row.data().length();
        }
    }

    boolean isDue(int interval) {
        return events >= interval && (lastBytes <= SMALL || bytes >= lastBytes);
    }

    /** Whether there is a snapshot, or may be soon. */
    boolean isStored() {
        return isStored;
    }

    void taken(long length) {
        isStored = true;
        startAnew(length);
    }

    /** None could be taken, for it would have been longer than this. */
    void tooLong(long length) {
        startAnew(length);
    }

    /** There is one that does not help. */
    void unusable() {
        isStored = true;
        startAnew(0);
    }

    private void startAnew(long length) {
        events = 0;
        bytes = 0;
        lastBytes = length;
    }
}

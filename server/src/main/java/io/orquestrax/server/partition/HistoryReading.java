package io.orquestrax.server.partition;

import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.engine.state.SnapshotCodec;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.instance.LatestHistory;
import io.orquestrax.store.instance.SnapshotRow;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fold of one history: the same as the first run's, page by page, and from the latest snapshot on where that can be
 * used. For one thread at a time.
 */
final class HistoryReading {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryReading.class);
    private static final int PAGE = 1_000;

    private final InstanceQueries queries;
    private final SnapshotPace pace = new SnapshotPace();
    private InstanceState state;
    private boolean hasBegun;
    private boolean isFromSnapshot;
    private boolean isAtEnd;

    HistoryReading(InstanceQueries queries, UUID instance) {
        this.queries = queries;
        this.state = InstanceState.unborn(instance);
    }

    UUID instance() {
        return state.id();
    }

    /** As far as it has been read; unborn where there is no history. */
    InstanceState state() {
        return state;
    }

    SnapshotPace pace() {
        return pace;
    }

    boolean isAtEnd() {
        return isAtEnd;
    }

    /**
     * Reads so many events more at the most.
     *
     * @throws io.orquestrax.store.StoreException if the database cannot be read; it may be tried again
     * @throws RuntimeException if the history cannot be understood
     */
    void advance(int most) {
        int read = 0;
        while (read < most && !isAtEnd) {
            int limit = Math.min(PAGE, most - read);
            List<EventRow> page = hasBegun ? queries.history(instance(), state.sequence(), limit) : begin(limit);
            hasBegun = true;
            isAtEnd = page.size() < limit;
            fold(page);
            read += page.size();
        }
    }

    /**
     * Begins with what was read already.
     *
     * @param limit of the events that were read
     * @return whether that was all; if not, it must be read anew
     */
    boolean isWhole(LatestHistory latest, int limit) {
        if (latest.events().size() >= limit) {
            return false;
        }
        try {
            fold(begin(latest, limit));
        } catch (RuntimeException notUnderstood) {
            LOG.debug("Instance {}: its history cannot be read with others", instance(), notUnderstood);
            return false;
        }
        hasBegun = true;
        isAtEnd = state.sequence() == latest.lastSequence();
        return isAtEnd;
    }

    private List<EventRow> begin(int limit) {
        return begin(queries.latest(instance(), SnapshotCodec.VERSION, limit), limit);
    }

    private List<EventRow> begin(LatestHistory latest, int limit) {
        SnapshotRow snapshot = latest.snapshot();
        if (snapshot == null) {
            return latest.events();
        }
        try {
            InstanceState decoded = SnapshotCodec.decode(instance(), snapshot.state());
            if (decoded.sequence() != snapshot.sequence()) {
                throw new IllegalArgumentException("Expected a snapshot of event " + snapshot.sequence()
                        + ", but it is of event " + decoded.sequence());
            }
            state = decoded;
        } catch (RuntimeException damaged) {
            beginAnew(damaged);
            return queries.history(instance(), 0, limit);
        }
        isFromSnapshot = true;
        pace.taken(snapshot.state().length());
        return latest.events();
    }

    private void fold(List<EventRow> page) {
        try {
            for (EventRow row : page) {
                state = state.evolve(InstanceRows.recorded(row));
            }
            pace.wrote(page);
        } catch (RuntimeException notUnderstood) {
            if (!isFromSnapshot) {
                throw notUnderstood;
            }
            beginAnew(notUnderstood);
        }
    }

    private void beginAnew(RuntimeException cause) {
        LOG.warn("Instance {}: its snapshot cannot be used, and its whole history is read", instance(), cause);
        state = InstanceState.unborn(instance());
        isFromSnapshot = false;
        isAtEnd = false;
        pace.unusable();
    }
}

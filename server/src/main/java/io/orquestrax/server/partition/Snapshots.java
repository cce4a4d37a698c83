package io.orquestrax.server.partition;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.engine.state.SnapshotCodec;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.SnapshotRow;
import io.orquestrax.store.journal.Consequences;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes snapshots of instances whose histories grow, and tells of those that grow without end. Safe for many threads. */
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    /** A state that is longer than this is read from its history. */
    private static final int MOST_CHARS = 32 * 1024 * 1024;

    /** Events from which on a history is told of, whenever it has doubled. */
    private static final long LONG_HISTORY = 100_000;

    private final int interval;
    private final Counter taken;
    private final Counter tooLong;
    private final Counter longHistories;

    /**
     * @param interval events of an instance between two snapshots
     */
    Snapshots(int interval, MeterRegistry registry) {
        this.interval = interval;
        this.taken = Counter.builder("orquestrax.snapshots.taken")
                .description("Snapshots of instances with long histories")
                .register(registry);
        this.tooLong = Counter.builder("orquestrax.snapshots.too.long")
                .description("Snapshots that were not taken, for the state is too large")
                .register(registry);
        this.longHistories = Counter.builder("orquestrax.histories.long")
                .description("How often a history passed " + LONG_HISTORY + " events, or doubled since")
                .register(registry);
    }

    int interval() {
        return interval;
    }

    /** What a decision writes, with the snapshot that it may be time for. */
    Consequences with(
            Consequences consequences,
            SnapshotPace pace,
            InstanceState before,
            InstanceState next,
            List<EventRow> events) {
        if (events.isEmpty()) {
            return consequences;
        }
        pace.wrote(events);
        tell(before.sequence(), next);
        // A faulted one may be retried, and is to go on then.
        if (next.status() == Status.COMPLETED || next.status() == Status.CANCELLED) {
            return pace.isStored() || next.sequence() > interval
                    ? Consequences.builder()
                            .addAll(consequences)
                            .forgotten(next.id())
                            .build()
                    : consequences;
        }
        return pace.isDue(interval)
                ? take(pace, next)
                        .map(snapshot -> Consequences.builder()
                                .addAll(consequences)
                                .snapshot(snapshot)
                                .build())
                        .orElse(consequences)
                : consequences;
    }

    /** Empty where there can be none; the history then has to do. */
    Optional<SnapshotRow> take(SnapshotPace pace, InstanceState state) {
        Optional<String> text;
        try {
            text = SnapshotCodec.encode(state, MOST_CHARS);
        } catch (RuntimeException bug) {
            LOG.error("Instance {}: no snapshot can be taken of it, so loading it will take long", state.id(), bug);
            text = Optional.empty();
        }
        if (text.isEmpty()) {
            pace.tooLong(MOST_CHARS);
            tooLong.increment();
            return Optional.empty();
        }
        pace.taken(text.get().length());
        taken.increment();
        return Optional.of(new SnapshotRow(state.id(), state.sequence(), SnapshotCodec.VERSION, text.get()));
    }

    private void tell(long before, InstanceState next) {
        if (Long.highestOneBit(next.sequence() / LONG_HISTORY) > Long.highestOneBit(before / LONG_HISTORY)) {
            longHistories.increment();
            LOG.warn(
                    "Instance {} of {}: its history has {} events and grows; a workflow without an end keeps all of them",
                    next.id(),
                    next.definition(),
                    next.sequence());
        }
    }
}

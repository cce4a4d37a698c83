package io.orquestrax.server.journal;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Collects the decisions of all partitions and writes them in batches; the order within a partition is kept. */
public final class Journal {
    private final List<JournalLane> lanes;

    /**
     * @param writers by number of the lane, from 0; called once for each
     * @param onFenced told on a lane's thread which partitions have another owner; must hand over and return
     */
    public Journal(
            IntFunction<BatchWriter> writers,
            JournalLimits limits,
            Consumer<Set<Integer>> onFenced,
            MeterRegistry registry) {
        JournalMeters meters = JournalMeters.of(registry);
        List<JournalLane> opened = new ArrayList<>();
        for (int number = 0; number < limits.lanes(); number++) {
            opened.add(new JournalLane(number, writers.apply(number), limits, onFenced, meters));
        }
        this.lanes = List.copyOf(opened);
        registry.gauge("orquestrax.journal.queued", this, Journal::queued);
        lanes.forEach(JournalLane::start);
    }

    /** Waits while the partition's lane is full. */
    public void append(JournalEntry entry) {
        lane(entry.tenure().partition()).append(entry);
    }

    /** Whether what the partition appends now is soon written: else it does less of what nobody waits for. */
    public boolean hasRoom(int partition) {
        return lane(partition).hasRoom();
    }

    private JournalLane lane(int partition) {
        return lanes.get(partition % lanes.size());
    }

    /** Returns when everything that was appended before is durable or refused. */
    public void flush() {
        lanes.forEach(JournalLane::flush);
    }

    /** Writes what was appended, then ends; what is not written within the limit is refused. */
    public void stop(Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        lanes.forEach(lane -> lane.stop(deadlineNanos));
    }

    private int queued() {
        return lanes.stream().mapToInt(JournalLane::queued).sum();
    }
}

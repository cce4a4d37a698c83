package io.orquestrax.server.partition;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.state.InstanceState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An instance in memory, from its load or birth until it leaves. Changed by its partition's thread only, seen by any. */
final class Residency {
    private final SnapshotPace pace;
    private volatile InstanceState state;
    private @Nullable Plan plan;
    private @Nullable Status writtenStatus;
    private Optional<Instant> writtenWakeAt = Optional.empty();
    private volatile boolean abandoned;

    /** Before its first event. */
    static Residency unborn(UUID instance) {
        return new Residency(InstanceState.unborn(instance), new SnapshotPace());
    }

    /** Whose history was read to its end. */
    static Residency of(HistoryReading reading) {
        return new Residency(reading.state(), reading.pace());
    }

    private Residency(InstanceState state, SnapshotPace pace) {
        this.pace = pace;
        this.state = state;
        if (state.isBorn()) {
            this.writtenStatus = state.status();
            this.writtenWakeAt = state.wakeAt();
        }
    }

    UUID id() {
        return state.id();
    }

    InstanceState state() {
        return state;
    }

    /** For the partition's thread. */
    SnapshotPace pace() {
        return pace;
    }

    @Nullable
    Plan planOrNull() {
        return plan;
    }

    void plan(Plan found) {
        this.plan = found;
    }

    /** Whether the instance's row says something else than this state, so far as it must be right. */
    boolean needsRow(InstanceState next) {
        return writtenStatus != next.status()
                || (next.status() == Status.WAITING && !writtenWakeAt.equals(next.wakeAt()));
    }

    void advance(InstanceState next, boolean rowIsWritten) {
        this.state = next;
        if (rowIsWritten) {
            this.writtenStatus = next.status();
            this.writtenWakeAt = next.wakeAt();
        }
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** From any thread: what was decided on this state is lost. */
    void abandon() {
        this.abandoned = true;
    }
}

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
    private volatile InstanceState state;
    private @Nullable Plan plan;
    private @Nullable Status writtenStatus;
    private Optional<Instant> writtenWakeAt = Optional.empty();
    private volatile boolean abandoned;

    Residency(InstanceState state) {
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

package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * An activation that is not over.
 *
 * @param activation 0 for the workflow itself
 * @param parent the activation that it stands in
 * @param task JSON pointer; empty for the workflow itself
 * @param raw its raw input
 * @param input its transformed input
 * @param timers its own, each of which stands in the instance's too
 */
public record Frame(
        long activation,
        long parent,
        String task,
        String kind,
        JsonNode raw,
        JsonNode input,
        Instant startedAt,
        Progress progress,
        List<Timer> timers) {
    /** The activation of the workflow itself. */
    public static final long ROOT = 0;

    public Frame {
        timers = List.copyOf(timers);
    }

    Frame with(Progress changed) {
        return new Frame(activation, parent, task, kind, raw, input, startedAt, changed, timers);
    }

    Frame withTimers(List<Timer> changed) {
        return new Frame(activation, parent, task, kind, raw, input, startedAt, progress, changed);
    }

    boolean isReady() {
        return progress.isReady();
    }

    /** Whether the outside world owes it something: an attempt that is offered or runs. */
    boolean isWorking() {
        return progress instanceof Progress.InJob job && !job.inBackoff();
    }
}

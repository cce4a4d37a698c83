package io.orquestrax.engine.activation;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.activation.Activation.State;
import io.orquestrax.engine.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One activation while its events are read. */
final class ActivationBuilder {
    private final Event.Opening opening;
    private final String kind;
    private final JsonNode raw;
    private final JsonNode input;
    private final Instant startedAt;
    private State state = State.RUNNING;
    private State stateBeforeEnd = State.RUNNING;
    private int attempt;
    private @Nullable String jobType;
    private @Nullable String worker;
    private @Nullable Instant endedAt;
    private @Nullable JsonNode output;
    private @Nullable WorkflowError error;
    private @Nullable Instant dueAt;
    private @Nullable String explanation;
    private @Nullable Integer iteration;
    private @Nullable Detail detail;

    ActivationBuilder(Event.Opening opening, String kind, JsonNode raw, JsonNode input, Instant startedAt) {
        this.opening = opening;
        this.kind = kind;
        this.raw = raw;
        this.input = input;
        this.startedAt = startedAt;
    }

    long parent() {
        return opening.parent();
    }

    boolean isOpen() {
        return endedAt == null;
    }

    void waitUntil(Instant due) {
        state = State.WAITING;
        dueAt = due;
    }

    /** Until something comes that is not a time. */
    void waitFor(String what) {
        state = State.WAITING;
        explanation = what;
    }

    void iteration(int index) {
        iteration = index;
    }

    void detail(Detail changed) {
        detail = changed;
    }

    @Nullable
    Detail detail() {
        return detail;
    }

    void queueJob(String type, int firstAttempt) {
        jobType = type;
        queueAgain(firstAttempt);
    }

    void queueAgain(int nextAttempt) {
        state = State.QUEUED;
        attempt = nextAttempt;
        dueAt = null;
    }

    void backOff(WorkflowError reason, Instant due) {
        state = State.RETRYING;
        error = reason;
        dueAt = due;
    }

    void retryLater(WorkflowError reason, int nextAttempt, Instant due) {
        backOff(reason, due);
        attempt = nextAttempt;
    }

    void run() {
        state = State.RUNNING;
        dueAt = null;
    }

    void caught(WorkflowError reason) {
        run();
        error = reason;
    }

    void explain(@Nullable String sentence) {
        explanation = sentence;
    }

    void executed(Event.@Nullable Execution execution) {
        if (execution != null) {
            attempt = execution.attempt();
            worker = execution.worker();
        }
    }

    void complete(@Nullable JsonNode changedOutput, Instant time) {
        output = changedOutput == null ? raw : changedOutput;
        error = null;
        end(State.COMPLETED, time);
    }

    void fault(WorkflowError reason, Instant time) {
        error = reason;
        end(State.FAULTED, time);
    }

    void end(State as, Instant time) {
        stateBeforeEnd = state;
        state = as;
        endedAt = time;
        dueAt = null;
        explanation = null;
    }

    /** The instance was opened again, and this activation with it. */
    void reopen() {
        state = stateBeforeEnd;
        endedAt = null;
    }

    Activation build() {
        String task = opening.task();
        String name =
                task.substring(task.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
        return new Activation(
                opening.activation(),
                opening.parent(),
                task,
                name,
                kind,
                state,
                attempt,
                jobType,
                worker,
                startedAt,
                endedAt,
                input,
                output,
                error,
                null,
                dueAt,
                explanation,
                iteration,
                detail);
    }
}

package io.orquestrax.engine.activation;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a task inside an instance, as the history tells it.
 *
 * @param activation from 1
 * @param parent 0 for a task of the workflow's own list
 * @param task JSON pointer
 * @param name the task's name
 * @param kind the DSL's word: do, set, switch, call, wait, raise, try …
 * @param attempt of a job or of a try task, from 1; 0 for other tasks
 * @param jobType of a call; null for other tasks
 * @param worker that executed or executes the last attempt
 * @param dueAt end of a wait or of a backoff
 * @param explanation one sentence where the state wants one; null otherwise
 * @param iteration of the loop, or of the listen task, that it stands in directly, from 0; null where it stands in none
 * @param detail what only its kind of task has; null for many kinds
 */
public record Activation(
        long activation,
        long parent,
        String task,
        String name,
        String kind,
        State state,
        int attempt,
        @Nullable String jobType,
        @Nullable String worker,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable JsonNode input,
        @Nullable JsonNode output,
        @Nullable WorkflowError error,
        @Nullable JsonNode progress,
        @Nullable Instant dueAt,
        @Nullable String explanation,
        @Nullable Integer iteration,
        @Nullable Detail detail) {

    /** Without what only some kinds have. */
    public Activation(
            long activation,
            long parent,
            String task,
            String name,
            String kind,
            State state,
            int attempt,
            @Nullable String jobType,
            @Nullable String worker,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable JsonNode input,
            @Nullable JsonNode output,
            @Nullable WorkflowError error,
            @Nullable JsonNode progress,
            @Nullable Instant dueAt,
            @Nullable String explanation) {
        this(
                activation,
                parent,
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
                progress,
                dueAt,
                explanation,
                null,
                null);
    }

    /** What it is doing. */
    public enum State {
        /** A job that no worker has yet. */
        QUEUED,
        RUNNING,
        WAITING,
        RETRYING,
        COMPLETED,
        SKIPPED,
        FAULTED,
        CANCELLED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

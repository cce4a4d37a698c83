package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.WorkflowError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far an activation has come, by the kind of its task. */
public sealed interface Progress {

    /** Of a task that runs a list. */
    sealed interface OfList extends Progress {
        Position position();

        /** The data that flows through the list: the next task's raw input. */
        JsonNode value();

        OfList moved(Position position, JsonNode value);
    }

    /** In the list of {@code do}, or of the workflow itself. */
    record InList(Position position, JsonNode value) implements OfList {
        @Override
        public OfList moved(Position to, JsonNode carrying) {
            return new InList(to, carrying);
        }
    }

    /**
     * In a {@code try}.
     *
     * @param attempt from 1
     * @param firstFailedAt when the first attempt failed; null before
     * @param error the last that was caught; null before
     */
    record InTry(
            Phase phase,
            int attempt,
            @Nullable Instant firstFailedAt,
            @Nullable WorkflowError error,
            Position position,
            JsonNode value)
            implements OfList {

        /** Which part of the try task runs. */
        public enum Phase {
            BODY,
            BACKOFF,
            HANDLER
        }

        @Override
        public OfList moved(Position to, JsonNode carrying) {
            return new InTry(phase, attempt, firstFailedAt, error, to, carrying);
        }
    }

    /**
     * With a job.
     *
     * @param attempt from 1: the one that runs, or that begins when the backoff is over
     * @param failures attempts that failed and were retried by the handler's policy
     * @param losses attempts that were lost and speak against the job
     */
    record InJob(
            String type,
            JsonNode arguments,
            JobLimits limits,
            Instant createdAt,
            int attempt,
            int failures,
            int losses,
            boolean inBackoff,
            @Nullable Instant due,
            @Nullable JsonNode lastProgress)
            implements Progress {

        /** Its attempt failed; the next one begins when due. */
        InJob failed(Instant nextDue, @Nullable JsonNode progress) {
            return next(attempt + 1, failures + 1, losses, nextDue, progress);
        }

        /** Its attempt is lost; the next one is offered at once. */
        InJob lost(boolean isCounted, @Nullable JsonNode progress) {
            return next(attempt + 1, failures, losses + (isCounted ? 1 : 0), null, progress);
        }

        /** The backoff is over. */
        InJob offered() {
            return next(attempt, failures, losses, null, null);
        }

        private InJob next(
                int nextAttempt,
                int allFailures,
                int allLosses,
                @Nullable Instant nextDue,
                @Nullable JsonNode progress) {
            return new InJob(
                    type,
                    arguments,
                    limits,
                    createdAt,
                    nextAttempt,
                    allFailures,
                    allLosses,
                    nextDue != null,
                    nextDue,
                    progress == null ? lastProgress : progress);
        }
    }

    record InWait(Instant due) implements Progress {}
}

package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.event.ExtensionPhase;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far an activation has come, by the kind of its task. */
public sealed interface Progress {

    /** Whether there is something to do without waiting for anybody. */
    default boolean isReady() {
        return false;
    }

    /** Of a task that holds others. */
    sealed interface Holder extends Progress permits OfList, InFork, InListen {

        /** The raw input of the next task that begins in it. */
        JsonNode value();

        /**
         * One of its tasks moved.
         *
         * @param task JSON pointer
         * @param carrying the task's output where it is over; {@link #value} otherwise
         */
        Holder moved(String task, Position to, JsonNode carrying);

        /** One of its tasks was skipped. */
        default Holder skipped(String task) {
            return moved(task, new Position.After(task, Directive.CONTINUE), value());
        }

        /** The activations that are open directly in it. */
        Collection<Long> inside();
    }

    /** Of a task that runs a list. */
    sealed interface OfList extends Holder permits InList, InTry, InLoop, InExtension, InSubscription {
        Position position();

        /** The data that flows through the list: the next task's raw input. */
        @Override
        JsonNode value();

        OfList moved(Position position, JsonNode value);

        @Override
        default OfList moved(String task, Position to, JsonNode carrying) {
            return moved(to, carrying);
        }

        @Override
        default Collection<Long> inside() {
            return position() instanceof Position.Inside inside ? List.of(inside.activation()) : List.of();
        }

        @Override
        default boolean isReady() {
            return position().isReady();
        }
    }

    /** In the list of {@code do}, of a function's body, or of the workflow itself. */
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

        @Override
        public boolean isReady() {
            return phase != Phase.BACKOFF && position.isReady();
        }
    }

    /**
     * In a {@code for}.
     *
     * @param items the array that it goes through
     * @param index of the iteration, from 0; -1 before the first
     */
    record InLoop(JsonNode items, int index, Position position, JsonNode value) implements OfList {
        static final int BEFORE_FIRST = -1;

        static InLoop before(JsonNode items, JsonNode value) {
            return new InLoop(items, BEFORE_FIRST, new Position.AtStart(), value);
        }

        /** Whether no iteration has begun. */
        public boolean isBeforeFirst() {
            return index == BEFORE_FIRST;
        }

        /** The item of the iteration that runs. */
        public JsonNode item() {
            return items.get(index);
        }

        InLoop iterating(int next) {
            return new InLoop(items, next, new Position.AtStart(), value);
        }

        @Override
        public OfList moved(Position to, JsonNode carrying) {
            return new InLoop(items, index, to, carrying);
        }

        @Override
        public String toString() {
            return "InLoop[" + index + " of " + items.size() + ", position=" + position + ", value=" + value + "]";
        }
    }

    /**
     * In an extension, or in the task that it extends.
     *
     * @param applies whether the extension's own lists run
     * @param isSkipped whether the condition of the extended task did not hold
     * @param then where the extended task sends the flow, known once it is over
     * @param output of the extended task; its raw input before it is over
     */
    record InExtension(
            ExtensionPhase phase,
            boolean applies,
            Position position,
            JsonNode value,
            boolean isSkipped,
            Directive then,
            JsonNode output)
            implements OfList {

        static InExtension at(ExtensionPhase phase, boolean applies, JsonNode raw) {
            return new InExtension(phase, applies, new Position.AtStart(), raw, false, Directive.CONTINUE, raw);
        }

        InExtension advanced(ExtensionPhase next, JsonNode raw) {
            if (next != ExtensionPhase.AFTER) {
                return at(next, applies, raw);
            }
            Directive sends = position instanceof Position.After after ? after.then() : Directive.CONTINUE;
            return new InExtension(next, applies, new Position.AtStart(), value, isSkipped, sends, value);
        }

        @Override
        public OfList moved(Position to, JsonNode carrying) {
            return new InExtension(phase, applies, to, carrying, isSkipped, then, output);
        }

        @Override
        public Holder skipped(String task) {
            boolean isExtended = phase == ExtensionPhase.EXTENDED;
            Position after = new Position.After(task, Directive.CONTINUE);
            return new InExtension(phase, applies, after, value, isSkipped || isExtended, then, output);
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

    /**
     * With an instance of another definition that the task started.
     *
     * @param version absent for the highest
     * @param number of the child among those of the activation, from 1
     */
    record InChild(
            UUID child,
            String namespace,
            String name,
            @Nullable String version,
            JsonNode input,
            boolean isAwaited,
            int number)
            implements Progress {

        InChild restarted(UUID next, int nextNumber) {
            return new InChild(next, namespace, name, version, input, isAwaited, nextNumber);
        }
    }
}

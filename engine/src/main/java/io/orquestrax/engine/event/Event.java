package io.orquestrax.engine.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.WorkflowError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact about an instance. The name of the record is the event's type in the history; a released event never changes
 * its meaning.
 *
 * <p>An absent value means "the same as before": input that no transformation changed is the parent's current value,
 * output that the task did not change is its raw input, and so on.
 */
public sealed interface Event {

    /** An event of one activation of a task. */
    sealed interface OfTask extends Event {
        long activation();

        /** JSON pointer of the task in the definition. */
        String task();
    }

    /** The first event of an activation. */
    sealed interface Opening extends OfTask {
        /** The activation that it stands in; 0 for the workflow's own list. */
        long parent();
    }

    /** The end of the instance, unless somebody retries it. */
    sealed interface Closing extends Event {}

    /**
     * Who executed a job, when.
     *
     * @param attempt from 1
     */
    record Execution(
            int attempt, @Nullable String worker, @Nullable Instant startedAt) {}

    /**
     * @param input as the caller gave it
     * @param transformedInput absent where it is the same
     * @param deadline when the workflow's timeout is over
     * @param origin absent where a caller started it
     */
    record InstanceStarted(
            DefinitionId definition,
            String contentHash,
            @Nullable String key,
            JsonNode input,
            @Nullable JsonNode transformedInput,
            Map<String, String> tags,
            String startedBy,
            @Nullable Instant deadline,
            @Nullable Origin origin)
            implements Event {
        public InstanceStarted {
            tags = Map.copyOf(tags);
        }

        /** Started by a caller. */
        public InstanceStarted(
                DefinitionId definition,
                String contentHash,
                @Nullable String key,
                JsonNode input,
                @Nullable JsonNode transformedInput,
                Map<String, String> tags,
                String startedBy,
                @Nullable Instant deadline) {
            this(definition, contentHash, key, input, transformedInput, tags, startedBy, deadline, null);
        }
    }

    /**
     * A task that holds a list began: {@code do}, {@code try}, or the {@code call} of a function.
     *
     * @param deadline of the task's timeout
     * @param attemptDeadline of a try task's limit for each attempt
     * @param value the raw input of the list's first task, a function's arguments; absent where it is the transformed
     *     input
     */
    record TaskStarted(
            long activation,
            long parent,
            String task,
            String kind,
            @Nullable JsonNode input,
            @Nullable Instant deadline,
            @Nullable Instant attemptDeadline,
            @Nullable JsonNode value)
            implements Opening {

        /** With the transformed input as the list's. */
        public TaskStarted(
                long activation,
                long parent,
                String task,
                String kind,
                @Nullable JsonNode input,
                @Nullable Instant deadline,
                @Nullable Instant attemptDeadline) {
            this(activation, parent, task, kind, input, deadline, attemptDeadline, null);
        }
    }

    /**
     * A {@code for} began; its iterations follow.
     *
     * @param items the array that it goes through; absent where it is the transformed input
     * @param deadline of the task's timeout
     */
    record LoopStarted(
            long activation,
            long parent,
            String task,
            @Nullable JsonNode input,
            @Nullable JsonNode items,
            @Nullable Instant deadline)
            implements Opening {}

    /**
     * The list of a {@code for} begins for one item more, or that of a {@code listen} for one event more.
     *
     * @param index of the iteration, from 0
     * @param fromInput whether the list begins with the task's transformed input; otherwise that of a {@code listen}
     *     begins with what was read of the event, and that of a {@code for} with what came before
     */
    record IterationStarted(long activation, String task, int index, boolean fromInput) implements OfTask {}

    /**
     * An event has gone through the list of a {@code listen}.
     *
     * @param output what enters the task's output; absent where it is what came out of the list
     * @param context the new context, absent where it stays
     */
    record IterationCompleted(
            long activation,
            String task,
            int index,
            @Nullable JsonNode output,
            @Nullable JsonNode context) implements OfTask {}

    /**
     * A {@code fork} began; its branches follow, each an activation inside it.
     *
     * @param compete whether the first branch to complete wins
     * @param branches how many there are
     * @param deadline of the task's timeout
     */
    record ForkStarted(
            long activation,
            long parent,
            String task,
            @Nullable JsonNode input,
            boolean compete,
            int branches,
            @Nullable Instant deadline)
            implements Opening {}

    /**
     * @param deadline of the task's timeout
     */
    record WaitStarted(
            long activation,
            long parent,
            String task,
            @Nullable JsonNode input,
            Instant due,
            @Nullable Instant deadline)
            implements Opening {}

    /**
     * A call became a job, which is offered at once.
     *
     * @param arguments absent where they are the transformed input
     * @param totalDue when the job's limit over all attempts is over
     */
    record JobCreated(
            long activation,
            long parent,
            String task,
            @Nullable JsonNode input,
            String jobType,
            @Nullable JsonNode arguments,
            JobLimits limits,
            @Nullable Instant totalDue,
            @Nullable Instant deadline)
            implements Opening {}

    /**
     * A task with an extension around it began.
     *
     * @param applies whether the extension's condition holds
     * @param phase what begins
     */
    record ExtensionStarted(long activation, long parent, String task, boolean applies, ExtensionPhase phase)
            implements Opening {}

    /** The next part of an extended task begins. */
    record ExtensionAdvanced(long activation, String task, ExtensionPhase phase) implements OfTask {}

    /**
     * A task waits for events.
     *
     * @param expectations what the filters' expressions came to; absent where there are none
     * @param foreach whether each event goes through a list
     * @param looksBack whether what was read is needed after that
     * @param types of the events that are waited for, as texts or patterns; empty for any
     * @param deadline of the task's timeout
     */
    record ListenStarted(
            long activation,
            long parent,
            String task,
            @Nullable JsonNode input,
            @Nullable JsonNode expectations,
            boolean foreach,
            boolean looksBack,
            List<String> types,
            @Nullable Instant deadline)
            implements Opening {
        public ListenStarted {
            types = List.copyOf(types);
        }
    }

    /**
     * A task took an event that came.
     *
     * @param filter the number of the filter that let it pass, from 0
     * @param position of the event in the store
     * @param keptUntil when it can no longer be delivered again
     * @param value what was read of it; absent where it only ends the listening
     * @param correlations what correlates from now on, by key
     * @param satisfied whether no more events are waited for
     */
    record EventConsumed(
            long activation,
            String task,
            int filter,
            long position,
            Instant keptUntil,
            @Nullable JsonNode value,
            Map<String, JsonNode> correlations,
            boolean satisfied)
            implements OfTask {
        public EventConsumed {
            correlations = Map.copyOf(correlations);
        }
    }

    /**
     * A task started an instance of another definition.
     *
     * @param version absent for the highest
     * @param childInput absent where it is the transformed input
     * @param awaited whether the task waits for its end
     * @param deadline of the task's timeout
     */
    record ChildStarted(
            long activation,
            long parent,
            String task,
            @Nullable JsonNode input,
            UUID child,
            String namespace,
            String name,
            @Nullable String version,
            @Nullable JsonNode childInput,
            boolean awaited,
            @Nullable Instant deadline)
            implements Opening {}

    /**
     * Another child takes the place of one that ended with its parent.
     *
     * @param number of the child among those of the activation, from 1
     */
    record ChildRestarted(long activation, String task, UUID child, int number) implements OfTask {}

    /** The task's condition did not hold, or that of the task that is extended; its raw input goes on. */
    record TaskSkipped(long activation, long parent, String task, String kind) implements Opening {}

    /**
     * Opening too for a task that starts and completes in one decision ({@code set}, {@code switch}, {@code emit}).
     *
     * @param output absent where it is the task's raw input
     * @param context the new context, absent where it stays
     * @param execution of the job whose result this is; absent for other tasks
     * @param emitted the event that an {@code emit} published; absent where it is the output
     */
    record TaskCompleted(
            long activation,
            long parent,
            String task,
            String kind,
            @Nullable JsonNode output,
            @Nullable JsonNode context,
            Directive then,
            @Nullable Execution execution,
            @Nullable JsonNode emitted)
            implements Opening {

        /** Of a task that emits nothing, or whose output is what it emitted. */
        public TaskCompleted(
                long activation,
                long parent,
                String task,
                String kind,
                @Nullable JsonNode output,
                @Nullable JsonNode context,
                Directive then,
                @Nullable Execution execution) {
            this(activation, parent, task, kind, output, context, then, execution, null);
        }
    }

    /** The task failed for good; the error goes to the nearest try around it. Opening too, as TaskCompleted is. */
    record TaskFaulted(
            long activation,
            long parent,
            String task,
            String kind,
            WorkflowError error,
            @Nullable Execution execution) implements Opening {}

    /** An attempt failed, and the handler's policy has another one begin when {@code due}. */
    record JobFailed(
            long activation,
            String task,
            WorkflowError error,
            Execution execution,
            Instant due,
            @Nullable JsonNode progress)
            implements OfTask {}

    /** The backoff is over: this attempt is offered. */
    record JobRetried(long activation, String task, int attempt) implements OfTask {}

    /** The attempt's worker is gone; the next attempt is offered at once. */
    record JobLost(
            long activation,
            String task,
            Execution execution,
            LossReason reason,
            @Nullable JsonNode progress) implements OfTask {}

    /** A try task caught an error, and runs again when {@code due}. */
    record RetryScheduled(long activation, String task, WorkflowError error, int attempt, Instant due)
            implements OfTask {}

    /**
     * The backoff of a try task is over, and its list runs again.
     *
     * @param attemptDeadline of the policy's limit for each attempt
     */
    record RetryStarted(
            long activation,
            String task,
            int attempt,
            @Nullable Instant attemptDeadline) implements OfTask {}

    /** A try task caught an error, and its handler list begins. */
    record ErrorCaught(long activation, String task, WorkflowError error) implements OfTask {}

    record InstanceSuspended(String by, @Nullable String reason) implements Event {}

    record InstanceResumed(String by, @Nullable String reason) implements Event {}

    record InstanceCancelled(String by, @Nullable String reason) implements Closing {}

    record InstanceCompleted(JsonNode output) implements Closing {}

    record InstanceFaulted(WorkflowError error) implements Closing {}

    /** A faulted instance was opened again, and goes on with the task that had failed. */
    record InstanceRetried(String by, @Nullable String reason) implements Event {}

    /** Its type in the history. */
    default String type() {
        return getClass().getSimpleName();
    }
}

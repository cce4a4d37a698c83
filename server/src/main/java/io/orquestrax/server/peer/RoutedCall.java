package io.orquestrax.server.peer;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.partition.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way to the node that decides it. Changed by one thread at a time: whoever tries it, or hears what
 * became of the try.
 */
final class RoutedCall {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final UUID instance;
    private final int partition;
    private final Command command;
    private final @Nullable Beginning beginning;
    private final boolean wantsInstance;
    private final long deadlineNanos;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile Duration pause = FIRST_PAUSE;
    private final AtomicBoolean isTimed = new AtomicBoolean();
    private volatile boolean mayHaveRun;
    private volatile @Nullable Long knownSequence;

    /**
     * Of an instance that may not be there yet.
     *
     * @param awaited how long the caller waits for the end
     */
    record Beginning(Plan plan, boolean isFresh, Duration awaited) {}

    RoutedCall(
            UUID instance,
            int partition,
            Command command,
            @Nullable Beginning beginning,
            boolean wantsInstance,
            long deadlineNanos) {
        this.instance = instance;
        this.partition = partition;
        this.command = command;
        this.beginning = beginning;
        this.wantsInstance = wantsInstance;
        this.deadlineNanos = deadlineNanos;
    }

    UUID instance() {
        return instance;
    }

    int partition() {
        return partition;
    }

    Command command() {
        return command;
    }

    @Nullable
    Beginning beginning() {
        return beginning;
    }

    /** Once a try may have begun it, its history must be read. */
    boolean isFresh() {
        return beginning != null && beginning.isFresh() && !mayHaveRun;
    }

    boolean wantsInstance() {
        return wantsInstance;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** Whether nobody counts its time yet; from now on somebody does. */
    boolean beginsTime() {
        return isTimed.compareAndSet(false, true);
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** The time until the next try that nothing else causes; longer each time. */
    Duration nextPause() {
        Duration now = pause;
        Duration longer = now.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        return now;
    }

    /** Whether a try of it may have been done although nobody said so. */
    boolean mayHaveRun() {
        return mayHaveRun;
    }

    void mayHaveRun(boolean may) {
        mayHaveRun = may;
    }

    /** The instance's newest event before the first try; null where that was not looked at. */
    @Nullable
    Long knownSequence() {
        return knownSequence;
    }

    void knownSequence(long sequence) {
        knownSequence = sequence;
    }

    /** Types of the events of which one tells that this result of a job counted; empty for other commands. */
    Set<String> ends() {
        if (command instanceof Command.CompleteJob) {
            return Set.of("TaskCompleted", "TaskFaulted");
        }
        return command instanceof Command.FailJob ? Set.of("JobFailed", "TaskFaulted") : Set.of();
    }

    /** Of a result. */
    JobId job() {
        if (command instanceof Command.CompleteJob result) {
            return new JobId(instance, result.activation(), result.attempt());
        }
        if (command instanceof Command.FailJob result) {
            return new JobId(instance, result.activation(), result.attempt());
        }
        throw new IllegalStateException("Expected the result of a job, but got " + command);
    }

    /**
     * Type of the event that tells that the command was done; empty where a second try does no harm, since starts and
     * results of jobs are known by their ids.
     */
    Optional<String> evidence() {
        return switch (command) {
            case Command.CancelInstance wish -> Optional.of("InstanceCancelled");
            case Command.SuspendInstance wish -> Optional.of("InstanceSuspended");
            case Command.ResumeInstance wish -> Optional.of("InstanceResumed");
            case Command.RetryInstance wish -> Optional.of("InstanceRetried");
            case Command.StartInstance repeated -> Optional.empty();
            case Command.ContinueInstance repeated -> Optional.empty();
            case Command.WakeInstance repeated -> Optional.empty();
            case Command.CompleteJob repeated -> Optional.empty();
            case Command.FailJob repeated -> Optional.empty();
            case Command.LoseJob repeated -> Optional.empty();
            case Command.ClaimJob repeated -> Optional.empty();
            case Command.DeliverEvent repeated -> Optional.empty();
            case Command.ReportChild repeated -> Optional.empty();
        };
    }
}

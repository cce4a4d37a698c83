package io.orquestrax.engine;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.engine.state.Progress.InJob;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of jobs: results, failures, losses. A report counts once, by its activation and attempt. */
final class Jobs {
    /** Losses that speak against a job before its task fails. */
    static final int MAX_LOSSES = 10;

    private final Run run;
    private final Flow flow;

    Jobs(Run run, Flow flow) {
        this.run = run;
        this.flow = flow;
    }

    static JobOffer offer(InstanceState state, Frame frame) {
        if (!(frame.progress() instanceof InJob job)) {
            throw new IllegalStateException("Expected a job at " + frame.task());
        }
        return new JobOffer(
                state.id(),
                frame.activation(),
                job.attempt(),
                job.type(),
                frame.task(),
                state.definition(),
                state.key(),
                job.arguments(),
                job.limits(),
                job.createdAt(),
                job.lastProgress());
    }

    Reply complete(Command.CompleteJob command) {
        Optional<Frame> frame = working(command.activation(), command.attempt());
        if (frame.isEmpty()) {
            return stale();
        }
        Task task = run.plan().task(frame.get().task());
        flow.finish(
                frame.get(),
                command.output(),
                task.common().then(),
                execution(command.attempt(), command.worker(), command.startedAt()));
        return Reply.ACCEPTED;
    }

    Reply fail(Command.FailJob command) {
        Optional<Frame> found = working(command.activation(), command.attempt());
        if (found.isEmpty()) {
            return stale();
        }
        Frame frame = found.get();
        InJob job = jobOf(frame);
        Event.Execution execution = execution(command.attempt(), command.worker(), command.startedAt());
        JobRetryPolicy policy = command.policy();
        if (policy != null && isRetried(command, policy, job)) {
            Instant due = run.now()
                    .plus(Backoff.delay(policy, job.failures() + 1, run.state().id(), frame.activation()));
            run.emit(new Event.JobFailed(
                    frame.activation(),
                    frame.task(),
                    command.error().at(frame.task()),
                    execution,
                    due,
                    command.progress()));
        } else {
            fault(frame, command.error(), execution);
        }
        return Reply.ACCEPTED;
    }

    private static boolean isRetried(Command.FailJob command, JobRetryPolicy policy, InJob job) {
        return command.retryable()
                && job.failures() + 1 < policy.maxAttempts()
                && policy.nonRetryableErrors().stream()
                        .map(StandardError::canonicalType)
                        .noneMatch(StandardError.canonicalType(command.error().type())::equals);
    }

    Reply lose(Command.LoseJob command) {
        Optional<Frame> found = working(command.activation(), command.attempt());
        if (found.isEmpty()) {
            return stale();
        }
        Frame frame = found.get();
        Event.Execution execution = execution(command.attempt(), command.worker(), command.startedAt());
        if (command.reason().isCounted() && jobOf(frame).losses() + 1 > MAX_LOSSES) {
            fault(
                    frame,
                    WorkflowError.of(
                            StandardError.RUNTIME,
                            "The job was lost too often",
                            "Expected a worker to finish the job, but " + (MAX_LOSSES + 1)
                                    + " attempts were lost; the last reason was "
                                    + command.reason().name()),
                    execution);
        } else {
            run.emit(new Event.JobLost(
                    frame.activation(), frame.task(), execution, command.reason(), command.progress()));
            offerIfOpen(frame.activation());
        }
        return Reply.ACCEPTED;
    }

    Reply claim(Command.ClaimJob command) {
        Optional<Frame> found = working(command.activation(), command.attempt());
        if (found.isEmpty()) {
            return stale();
        }
        run.effect(new Effect.OfferJobAgain(offer(run.state(), found.get())));
        return Reply.ACCEPTED;
    }

    /** The backoff of a job is over. */
    void retry(Frame frame) {
        run.emit(new Event.JobRetried(
                frame.activation(), frame.task(), jobOf(frame).attempt()));
        offerIfOpen(frame.activation());
    }

    void timeOut(Frame frame) {
        fault(frame, Flow.timeout("the job of task " + frame.task()), null);
    }

    private void fault(Frame frame, WorkflowError error, Event.@Nullable Execution execution) {
        flow.errors().faultTask(frame.activation(), frame.parent(), run.plan().task(frame.task()), error, execution);
    }

    private void offerIfOpen(long activation) {
        if (run.state().isOpen()) {
            run.effect(new Effect.OfferJob(offer(run.state(), run.state().frame(activation))));
        }
    }

    private Optional<Frame> working(long activation, int attempt) {
        boolean isAlive = run.state().isBorn() && !run.state().status().isClosed();
        return isAlive
                ? run.state()
                        .find(activation)
                        .filter(frame ->
                                frame.progress() instanceof InJob job && job.attempt() == attempt && !job.inBackoff())
                : Optional.empty();
    }

    private Reply stale() {
        return new Reply.Refused(run.state().status().isClosed() ? Refusal.INSTANCE_CLOSED : Refusal.JOB_STALE);
    }

    private static InJob jobOf(Frame frame) {
        if (frame.progress() instanceof InJob job) {
            return job;
        }
        throw new IllegalStateException("Expected a job at " + frame.task());
    }

    private static Event.Execution execution(int attempt, @Nullable String worker, @Nullable Instant startedAt) {
        return new Event.Execution(attempt, worker, startedAt);
    }
}

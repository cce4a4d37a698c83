package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.engine.state.Progress.InJob;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what follows from a command; changes nothing. Safe for use by many threads. */
public final class Decider {
    private final JsonNode runtime;
    private final Folding folding;

    /**
     * @param runtimeVersion what {@code $runtime.version} shows
     */
    public Decider(String runtimeVersion) {
        this(runtimeVersion, InstanceState::evolve);
    }

    /**
     * For tests that prove that memory never matters: after every event the state is read again from the whole history,
     * as it would be stored. It keeps the histories, and takes time that grows with their squares.
     *
     * @param runtimeVersion what {@code $runtime.version} shows
     */
    public static Decider rebuilding(String runtimeVersion) {
        return new Decider(runtimeVersion, new RebuildingFold());
    }

    private Decider(String runtimeVersion, Folding folding) {
        this.folding = folding;
        this.runtime = Json.NODES
                .objectNode()
                .put("name", "OrquestraX")
                .put("version", runtimeVersion)
                .set("metadata", Json.NODES.objectNode());
    }

    /**
     * @param state {@link InstanceState#unborn} for an instance that is not there yet
     * @param now kept to the microsecond, which is what the history holds
     */
    public Decision decide(InstanceState state, Command command, Instant now, Plan plan) {
        Run run = new Run(state, plan, now.truncatedTo(ChronoUnit.MICROS), folding);
        Flow flow = new Flow(run, new Scope(run, runtime));
        Reply reply = apply(command, run, flow);
        if (run.eventCount() > 0 || command instanceof Command.ContinueInstance) {
            flow.run();
        }
        return run.decision(reply);
    }

    private Reply apply(Command command, Run run, Flow flow) {
        if (command instanceof Command.StartInstance start) {
            return start(start, run);
        }
        if (!run.state().isBorn()) {
            return new Reply.Refused(Refusal.INSTANCE_UNKNOWN);
        }
        Jobs jobs = new Jobs(run, flow);
        return switch (command) {
            case Command.StartInstance start ->
                throw new IllegalStateException("Expected a start to be handled before");
            case Command.ContinueInstance again -> {
                new Timers(run, flow, jobs).fireDue();
                yield Reply.ACCEPTED;
            }
            case Command.WakeInstance wake -> {
                new Timers(run, flow, jobs).fireDue();
                yield Reply.ACCEPTED;
            }
            case Command.CompleteJob complete -> jobs.complete(complete);
            case Command.FailJob fail -> jobs.fail(fail);
            case Command.LoseJob lose -> jobs.lose(lose);
            case Command.ClaimJob claim -> jobs.claim(claim);
            case Command.CancelInstance cancel -> cancel(cancel, run);
            case Command.SuspendInstance suspend -> suspend(suspend, run);
            case Command.ResumeInstance resume -> resume(resume, run);
            case Command.RetryInstance retry -> retry(retry, run, jobs, flow);
            case Command.DeliverEvent delivered -> {
                flow.listening().deliver(delivered.event());
                yield Reply.ACCEPTED;
            }
            case Command.ReportChild report -> {
                flow.children().report(report);
                yield Reply.ACCEPTED;
            }
        };
    }

    private Reply start(Command.StartInstance command, Run run) {
        if (run.state().isBorn()) {
            return Reply.ACCEPTED;
        }
        Plan plan = run.plan();
        Event.InstanceStarted raw = started(command, plan, null, null);
        // The input's own expressions see the workflow's descriptor, which is there once the instance is.
        Run trial = run.trial();
        trial.emit(raw);
        Variables variables = new Scope(trial, runtime).ofWorkflow();
        try {
            Evaluation.validate("workflow's input", plan.input().schema(), command.input(), variables);
            JsonNode input = Evaluation.transformed("input.from", plan.input().from(), command.input(), variables);
            Duration timeout = Evaluation.durationOrNull("timeout", plan.timeout(), input, variables);
            run.emit(started(
                    command,
                    plan,
                    Evaluation.changedOrNull(input, command.input()),
                    timeout == null ? null : run.now().plus(timeout)));
        } catch (TaskFailure failure) {
            run.emit(raw);
            run.emit(new Event.InstanceFaulted(failure.error().at("/input")));
        }
        return Reply.ACCEPTED;
    }

    private static Event.InstanceStarted started(
            Command.StartInstance command, Plan plan, @Nullable JsonNode transformedInput, @Nullable Instant deadline) {
        return new Event.InstanceStarted(
                plan.id(),
                plan.contentHash(),
                command.key(),
                command.input(),
                transformedInput,
                command.tags(),
                command.by(),
                deadline,
                command.origin());
    }

    private static Reply cancel(Command.CancelInstance command, Run run) {
        return switch (run.state().status()) {
            case CANCELLED -> Reply.ACCEPTED;
            case COMPLETED, FAULTED -> new Reply.Refused(Refusal.INSTANCE_CLOSED);
            case PENDING, RUNNING, WAITING, SUSPENDED -> {
                run.emit(new Event.InstanceCancelled(command.by(), command.reason()));
                yield Reply.ACCEPTED;
            }
        };
    }

    private static Reply suspend(Command.SuspendInstance command, Run run) {
        return switch (run.state().status()) {
            case SUSPENDED -> Reply.ACCEPTED;
            case CANCELLED, COMPLETED, FAULTED -> new Reply.Refused(Refusal.INSTANCE_CLOSED);
            case PENDING, RUNNING, WAITING -> {
                openJobs(run.state()).forEach(job -> run.effect(new Effect.HoldJob(job.activation(), job.attempt())));
                run.emit(new Event.InstanceSuspended(command.by(), command.reason()));
                yield Reply.ACCEPTED;
            }
        };
    }

    private static Reply resume(Command.ResumeInstance command, Run run) {
        return switch (run.state().status()) {
            case CANCELLED, COMPLETED, FAULTED -> new Reply.Refused(Refusal.INSTANCE_CLOSED);
            case PENDING, RUNNING, WAITING -> new Reply.Refused(Refusal.INSTANCE_NOT_SUSPENDED);
            case SUSPENDED -> {
                run.emit(new Event.InstanceResumed(command.by(), command.reason()));
                openJobs(run.state()).forEach(job -> run.effect(new Effect.OfferJobAgain(job)));
                yield Reply.ACCEPTED;
            }
        };
    }

    private static Reply retry(Command.RetryInstance command, Run run, Jobs jobs, Flow flow) {
        if (run.state().error().isEmpty()) {
            return new Reply.Refused(Refusal.INSTANCE_NOT_FAULTED);
        }
        boolean neverBegan = run.state().nextActivation() == 1;
        WorkflowError error = run.state().error().get();
        run.emit(new Event.InstanceRetried(command.by(), command.reason()));
        if (neverBegan) {
            // Its input was refused, and has not changed since.
            run.emit(new Event.InstanceFaulted(error));
        }
        // What was withdrawn when the instance faulted is a lost attempt, so that a late result of it does not count.
        for (JobOffer job : openJobs(run.state())) {
            jobs.lose(new Command.LoseJob(
                    job.activation(), job.attempt(), null, null, LossReason.UNCLAIMED, job.lastProgress()));
        }
        if (run.state().isOpen()) {
            flow.children().restartAll();
            flow.listening().subscribeAll();
        }
        return Reply.ACCEPTED;
    }

    /** The attempts that are open and not in backoff: what must be offered, or claimed, after recovery. */
    public static List<JobOffer> openJobs(InstanceState state) {
        return state.frames().stream()
                .filter(frame -> frame.progress() instanceof InJob job && !job.inBackoff())
                .map(frame -> Jobs.offer(state, frame))
                .toList();
    }
}

package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.DoTask;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.EmitTask;
import io.orquestrax.dsl.plan.ErrorSpec;
import io.orquestrax.dsl.plan.ExtendedTask;
import io.orquestrax.dsl.plan.ForTask;
import io.orquestrax.dsl.plan.ForkTask;
import io.orquestrax.dsl.plan.FunctionTask;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.ListenTask;
import io.orquestrax.dsl.plan.RaiseTask;
import io.orquestrax.dsl.plan.RetrySpec;
import io.orquestrax.dsl.plan.RunProcessTask;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import io.orquestrax.dsl.plan.SetTask;
import io.orquestrax.dsl.plan.SubscriptionTask;
import io.orquestrax.dsl.plan.SwitchTask;
import io.orquestrax.dsl.plan.TryTask;
import io.orquestrax.dsl.plan.WaitTask;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.event.Event;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What each kind of task begins with; those that wait for nothing end with it too. */
final class Beginnings {
    private final Run run;
    private final Flow flow;
    private final Loops loops;
    private final Children children;
    private final Listening listening;
    private final Subscriptions subscriptions;
    private final Extensions extensions;
    private final Emission emission;

    Beginnings(
            Run run,
            Flow flow,
            Loops loops,
            Children children,
            Listening listening,
            Subscriptions subscriptions,
            Extensions extensions) {
        this.subscriptions = subscriptions;
        this.run = run;
        this.flow = flow;
        this.loops = loops;
        this.children = children;
        this.listening = listening;
        this.extensions = extensions;
        this.emission = new Emission(run, flow);
    }

    /**
     * @throws TaskFailure where the task fails before it has begun
     */
    void begin(Beginning at) {
        switch (at.task()) {
            case SetTask set -> {
                JsonNode value = Evaluation.value("set", set.value(), at.input(), at.variables());
                flow.finishAtOnce(at, value, set.common().then(), null);
            }
            case SwitchTask choice -> flow.finishAtOnce(at, at.input(), choose(choice, at), null);
            case RaiseTask raise -> throw new TaskFailure(raised(raise.error(), at));
            case WaitTask wait -> startWait(wait, at);
            case CallTask call -> createJob(call.function(), "with", call.arguments(), call.limits(), at);
            case RunProcessTask process ->
                createJob(process.process(), "run", process.arguments(), process.limits(), at);
            case DoTask list -> startList(at, null, null);
            case FunctionTask function -> {
                JsonNode arguments = Evaluation.value("with", function.arguments(), at.input(), at.variables());
                startList(at, null, Evaluation.changedOrNull(arguments, at.input()));
            }
            case TryTask tried -> startList(at, attemptDeadline(tried, at.input(), at.variables(), at.now()), null);
            case ForTask loop -> loops.begin(loop, at);
            case ForkTask fork -> startFork(fork, at);
            case EmitTask emit -> emission.emit(emit, at);
            case ExtendedTask extended -> extensions.begin(extended, at);
            case ListenTask listen -> listening.begin(listen, at);
            case SubscriptionTask subscription -> subscriptions.begin(subscription, at);
            case RunWorkflowTask child -> children.start(child, at);
        }
    }

    private void startList(Beginning at, @Nullable Instant attemptDeadline, @Nullable JsonNode value) {
        run.emit(new Event.TaskStarted(
                at.activation(),
                at.parent(),
                at.task().pointer(),
                at.task().kind(),
                at.changedInput(),
                at.deadline(),
                attemptDeadline,
                value));
    }

    static @Nullable Instant attemptDeadline(TryTask task, JsonNode input, Variables variables, Instant now) {
        RetrySpec retry = task.catches().retry();
        DurationSpec limit = retry == null ? null : retry.attemptDuration();
        return limit == null
                ? null
                : now.plus(Evaluation.duration("retry.limit.attempt.duration", limit, input, variables));
    }

    private void startFork(ForkTask fork, Beginning at) {
        run.emit(new Event.ForkStarted(
                at.activation(),
                at.parent(),
                fork.pointer(),
                at.changedInput(),
                fork.compete(),
                fork.branches().tasks().size(),
                at.deadline()));
    }

    private void startWait(WaitTask wait, Beginning at) {
        Duration duration = Evaluation.duration("wait", wait.duration(), at.input(), at.variables());
        run.emit(new Event.WaitStarted(
                at.activation(),
                at.parent(),
                wait.pointer(),
                at.changedInput(),
                at.now().plus(duration),
                at.deadline()));
    }

    private void createJob(String type, String property, Template template, JobLimits limits, Beginning at) {
        JsonNode arguments = Evaluation.value(property, template, at.input(), at.variables());
        Duration total = limits.total();
        run.emit(new Event.JobCreated(
                at.activation(),
                at.parent(),
                at.task().pointer(),
                at.changedInput(),
                type,
                Evaluation.changedOrNull(arguments, at.input()),
                limits,
                total == null ? null : at.now().plus(total),
                at.deadline()));
        run.effect(new Effect.OfferJob(Jobs.offer(run.state(), run.state().frame(at.activation()))));
    }

    private static Directive choose(SwitchTask choice, Beginning at) {
        Directive otherwise = choice.common().then();
        for (SwitchTask.Case each : choice.cases()) {
            if (each.when() == null) {
                otherwise = each.then();
            } else if (Evaluation.holds("when", each.when(), at.input(), at.variables())) {
                return each.then();
            }
        }
        return otherwise;
    }

    private static WorkflowError raised(ErrorSpec spec, Beginning at) {
        return new WorkflowError(
                text("type", spec.type(), at),
                spec.status(),
                spec.instance() == null ? null : text("instance", spec.instance(), at),
                spec.title() == null ? null : text("title", spec.title(), at),
                spec.detail() == null ? null : text("detail", spec.detail(), at));
    }

    private static String text(String name, Template template, Beginning at) {
        JsonNode value = Evaluation.value("error." + name, template, at.input(), at.variables());
        return value.isTextual() ? value.textValue() : value.toString();
    }
}

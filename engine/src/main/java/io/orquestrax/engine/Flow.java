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
import io.orquestrax.dsl.plan.ListenTask;
import io.orquestrax.dsl.plan.RaiseTask;
import io.orquestrax.dsl.plan.RetrySpec;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import io.orquestrax.dsl.plan.SetTask;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.SwitchTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.dsl.plan.TryTask;
import io.orquestrax.dsl.plan.WaitTask;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.Position;
import io.orquestrax.engine.state.Progress;
import io.orquestrax.engine.state.Progress.InTry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Walks through the lists of tasks as far as it can without waiting (DSL, Flow Directives and Data Flow). */
final class Flow {
    /** Tasks and timers that one decision may run through before it continues itself. */
    static final int MAX_STEPS = 1000;

    private final Run run;
    private final Scope scope;
    private final ErrorFlow errors;
    private int steps;

    Flow(Run run, Scope scope) {
        this.run = run;
        this.scope = scope;
        this.errors = new ErrorFlow(run, scope, this);
    }

    ErrorFlow errors() {
        return errors;
    }

    /** Runs until everything waits, the instance is closed, or the limit of steps is reached. */
    void run() {
        while (run.state().canContinue()) {
            if (!takeStep()) {
                run.continueLater();
                return;
            }
            step(run.state().firstReady());
        }
    }

    /** Whether the decision may do one thing more. */
    boolean takeStep() {
        return steps++ < MAX_STEPS;
    }

    private void step(Frame frame) {
        if (!(frame.progress() instanceof Progress.OfList progress)) {
            throw new IllegalStateException("Expected a list to go on with at " + frame.task());
        }
        TaskList list = listOf(frame, progress);
        switch (progress.position()) {
            case Position.AtStart start -> startAt(frame, list, 0, progress.value());
            case Position.Before before ->
                startAt(frame, list, run.plan().task(before.task()).common().indexInList(), progress.value());
            case Position.After after -> follow(frame, list, after, progress.value());
            case Position.Inside inside -> throw new IllegalStateException("Expected " + frame.task() + " to be ready");
        }
    }

    private TaskList listOf(Frame frame, Progress.OfList progress) {
        if (frame.activation() == Frame.ROOT) {
            return run.plan().tasks();
        }
        return switch (run.plan().task(frame.task())) {
            case DoTask task -> task.tasks();
            case TryTask task -> {
                TaskList handler = task.catches().tasks();
                boolean inHandler = progress instanceof InTry tried && tried.phase() == InTry.Phase.HANDLER;
                yield inHandler && handler != null ? handler : task.tasks();
            }
            case ForTask task -> task.tasks();
            case ForkTask task -> task.branches();
            case FunctionTask task -> task.body();
            case ExtendedTask task -> task.extended();
            case ListenTask task -> throw notAList(task);
            case EmitTask task -> throw notAList(task);
            case RunWorkflowTask task -> throw notAList(task);
            case CallTask task -> throw notAList(task);
            case RaiseTask task -> throw notAList(task);
            case SetTask task -> throw notAList(task);
            case SwitchTask task -> throw notAList(task);
            case WaitTask task -> throw notAList(task);
        };
    }

    private static IllegalStateException notAList(Task task) {
        return new IllegalStateException("Expected a task with a list at " + task.pointer());
    }

    private void follow(Frame frame, TaskList list, Position.After after, JsonNode value) {
        switch (after.then()) {
            case Directive.Continue next ->
                startAt(frame, list, run.plan().task(after.task()).common().indexInList() + 1, value);
            case Directive.Goto target -> startAt(frame, list, list.indexOf(target.name()), value);
            case Directive.Exit exit -> finishList(frame, value);
            case Directive.End end -> completeWorkflow(value);
        }
    }

    private void startAt(Frame frame, TaskList list, int index, JsonNode value) {
        if (index >= list.tasks().size()) {
            finishList(frame, value);
        } else {
            start(list.tasks().get(index), frame.activation(), value);
        }
    }

    private void finishList(Frame frame, JsonNode value) {
        if (frame.activation() == Frame.ROOT) {
            completeWorkflow(value);
        } else {
            finish(frame, value, thenOf(frame), null);
        }
    }

    private Directive thenOf(Frame frame) {
        Task task = run.plan().task(frame.task());
        if (task instanceof TryTask tryTask
                && frame.progress() instanceof InTry tried
                && tried.phase() == InTry.Phase.HANDLER) {
            Directive onError = tryTask.catches().then();
            return onError == null ? task.common().then() : onError;
        }
        return task.common().then();
    }

    private void completeWorkflow(JsonNode raw) {
        try {
            Variables variables = scope.ofWorkflow();
            JsonNode output =
                    Evaluation.transformed("output.as", run.plan().output().as(), raw, variables);
            Evaluation.validate("workflow's output", run.plan().output().schema(), output);
            run.emit(new Event.InstanceCompleted(output));
        } catch (TaskFailure failure) {
            run.emit(new Event.InstanceFaulted(failure.error().at("/output")));
        }
    }

    /** Begins a task, and ends it too where nothing is to be waited for. */
    private void start(Task task, long parent, JsonNode raw) {
        long activation = run.state().nextActivation();
        Variables variables = scope.ofTask(task, parent, raw, run.now());
        try {
            if (task.common().condition() != null
                    && !Evaluation.holds("if", task.common().condition(), raw, variables)) {
                run.emit(new Event.TaskSkipped(activation, parent, task.pointer(), task.kind()));
                return;
            }
            Evaluation.validate("input", task.common().input().schema(), raw);
            JsonNode input =
                    Evaluation.transformed("input.from", task.common().input().from(), raw, variables);
            Variables inside = variables.with("input", input);
            begin(new Beginning(task, activation, parent, raw, input, inside));
        } catch (TaskFailure failure) {
            errors.faultTask(activation, parent, task, failure.error(), null);
        }
    }

    /** A task whose input is ready. */
    private record Beginning(
            Task task, long activation, long parent, JsonNode raw, JsonNode input, Variables variables) {

        /** Absent where it is the raw input, as events have it. */
        @Nullable
        JsonNode changedInput() {
            return Evaluation.changedOrNull(input, raw);
        }
    }

    private void begin(Beginning at) {
        switch (at.task()) {
            case SetTask set ->
                finishAtOnce(
                        at,
                        Evaluation.value("set", set.value(), at.input(), at.variables()),
                        at.task().common().then());
            case SwitchTask choice -> finishAtOnce(at, at.input(), choose(choice, at));
            case RaiseTask raise -> throw new TaskFailure(raised(raise.error(), at));
            case WaitTask wait -> {
                Duration duration = Evaluation.duration("wait", wait.duration(), at.input(), at.variables());
                run.emit(new Event.WaitStarted(
                        at.activation(),
                        at.parent(),
                        wait.pointer(),
                        at.changedInput(),
                        run.now().plus(duration),
                        deadline(at)));
            }
            case CallTask call -> createJob(call, at);
            case DoTask list -> startList(at, null);
            case EmitTask emit -> throw notYet(emit);
            case ExtendedTask extended -> throw notYet(extended);
            case ForTask loop -> throw notYet(loop);
            case ForkTask fork -> throw notYet(fork);
            case FunctionTask function -> throw notYet(function);
            case ListenTask listen -> throw notYet(listen);
            case RunWorkflowTask child -> throw notYet(child);
            case TryTask tried -> startList(at, attemptDeadline(tried, at.input(), at.variables()));
        }
    }

    private static IllegalStateException notYet(Task task) {
        return new IllegalStateException("Expected no document with a task of the kind " + task.kind() + " to compile");
    }

    private void startList(Beginning at, @Nullable Instant attemptDeadline) {
        run.emit(new Event.TaskStarted(
                at.activation(),
                at.parent(),
                at.task().pointer(),
                at.task().kind(),
                at.changedInput(),
                deadline(at),
                attemptDeadline));
    }

    @Nullable
    Instant attemptDeadline(TryTask task, JsonNode input, Variables variables) {
        RetrySpec retry = task.catches().retry();
        DurationSpec limit = retry == null ? null : retry.attemptDuration();
        return limit == null
                ? null
                : run.now().plus(Evaluation.duration("retry.limit.attempt.duration", limit, input, variables));
    }

    private void createJob(CallTask call, Beginning at) {
        JsonNode arguments = Evaluation.value("with", call.arguments(), at.input(), at.variables());
        Duration total = call.limits().total();
        run.emit(new Event.JobCreated(
                at.activation(),
                at.parent(),
                call.pointer(),
                at.changedInput(),
                call.function(),
                Evaluation.changedOrNull(arguments, at.input()),
                call.limits(),
                total == null ? null : run.now().plus(total),
                deadline(at)));
        run.effect(new Effect.OfferJob(Jobs.offer(run.state(), run.state().frame(at.activation()))));
    }

    private @Nullable Instant deadline(Beginning at) {
        Duration timeout =
                Evaluation.durationOrNull("timeout", at.task().common().timeout(), at.input(), at.variables());
        return timeout == null ? null : run.now().plus(timeout);
    }

    private Directive choose(SwitchTask choice, Beginning at) {
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

    private WorkflowError raised(ErrorSpec spec, Beginning at) {
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

    private void finishAtOnce(Beginning at, JsonNode rawOutput, Directive then) {
        Result result = result(at.task(), rawOutput, at.variables());
        run.emit(new Event.TaskCompleted(
                at.activation(),
                at.parent(),
                at.task().pointer(),
                at.task().kind(),
                Evaluation.changedOrNull(result.output(), at.raw()),
                result.context(),
                then,
                null));
    }

    /** Ends an open activation: transforms its output, exports, and hands on. */
    void finish(Frame frame, JsonNode rawOutput, Directive then, Event.@Nullable Execution execution) {
        Task task = run.plan().task(frame.task());
        try {
            Result result = result(task, rawOutput, scope.of(frame));
            run.emit(new Event.TaskCompleted(
                    frame.activation(),
                    frame.parent(),
                    frame.task(),
                    frame.kind(),
                    Evaluation.changedOrNull(result.output(), frame.raw()),
                    result.context(),
                    then,
                    execution));
        } catch (TaskFailure failure) {
            errors.faultTask(frame.activation(), frame.parent(), task, failure.error(), execution);
        }
    }

    private record Result(JsonNode output, @Nullable JsonNode context) {}

    private static Result result(Task task, JsonNode rawOutput, Variables variables) {
        JsonNode output =
                Evaluation.transformed("output.as", task.common().output().as(), rawOutput, variables);
        Evaluation.validate("output", task.common().output().schema(), output);
        Template export = task.common().export().as();
        if (export == null) {
            return new Result(output, null);
        }
        JsonNode context = Evaluation.value("export.as", export, output, variables.with("output", output));
        Evaluation.validate("exported context", task.common().export().schema(), context);
        return new Result(output, context);
    }

    /** The workflow's own error, which no task caught. */
    static WorkflowError timeout(String what) {
        return WorkflowError.of(
                StandardError.TIMEOUT, what + " timed out", "Expected " + what + " to end in time, but it did not");
    }
}

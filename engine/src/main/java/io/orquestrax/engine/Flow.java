package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.DoTask;
import io.orquestrax.dsl.plan.EmitTask;
import io.orquestrax.dsl.plan.ExtendedTask;
import io.orquestrax.dsl.plan.ForTask;
import io.orquestrax.dsl.plan.ForkTask;
import io.orquestrax.dsl.plan.FunctionTask;
import io.orquestrax.dsl.plan.ListenTask;
import io.orquestrax.dsl.plan.RaiseTask;
import io.orquestrax.dsl.plan.RunProcessTask;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import io.orquestrax.dsl.plan.SetTask;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.SubscriptionTask;
import io.orquestrax.dsl.plan.SwitchTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.dsl.plan.TryTask;
import io.orquestrax.dsl.plan.WaitTask;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.ExtensionPhase;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InFork;
import io.orquestrax.engine.state.InListen;
import io.orquestrax.engine.state.InSubscription;
import io.orquestrax.engine.state.Position;
import io.orquestrax.engine.state.Progress;
import io.orquestrax.engine.state.Progress.InChild;
import io.orquestrax.engine.state.Progress.InExtension;
import io.orquestrax.engine.state.Progress.InJob;
import io.orquestrax.engine.state.Progress.InLoop;
import io.orquestrax.engine.state.Progress.InTry;
import io.orquestrax.engine.state.Progress.InWait;
import org.jspecify.annotations.Nullable;

/** Walks through the lists of tasks as far as it can without waiting (DSL, Flow Directives and Data Flow). */
final class Flow {
    /** Tasks and timers that one decision may run through before it continues itself. */
    static final int MAX_STEPS = 1000;
    /** What a decision may spend on expressions and schemas before it continues itself: other instances wait for it. */
    static final int MAX_EFFORT = 100_000;

    private final Run run;
    private final Scope scope;
    private final ErrorFlow errors;
    private final Beginnings beginnings;
    private final Loops loops;
    private final Children children;
    private final Listening listening;
    private final Subscriptions subscriptions;
    private final Extensions extensions;
    private final Forks forks;
    private final long turn;
    private int steps;

    Flow(Run run, Scope scope) {
        this.run = run;
        this.turn = run.state().turn();
        this.scope = scope;
        this.errors = new ErrorFlow(run, scope, this);
        this.loops = new Loops(run, scope, this);
        this.children = new Children(run, this);
        this.listening = new Listening(run, scope, this);
        this.subscriptions = new Subscriptions(run, scope, this);
        this.extensions = new Extensions(run, scope, this);
        this.beginnings = new Beginnings(run, this, loops, children, listening, subscriptions, extensions);
        this.forks = new Forks(this);
    }

    ErrorFlow errors() {
        return errors;
    }

    Children children() {
        return children;
    }

    Listening listening() {
        return listening;
    }

    /** Runs until everything waits, the instance is closed, or the limit of steps is reached. */
    void run() {
        while (run.state().canContinue()) {
            if (!takeStep()) {
                run.continueLater();
                return;
            }
            step(run.state().nextReady(turn));
        }
    }

    /** Whether the decision may do one thing more. */
    boolean takeStep() {
        run.effort().beginTask();
        return steps++ < MAX_STEPS && run.effort().total() < MAX_EFFORT;
    }

    private void step(Frame frame) {
        switch (frame.progress()) {
            case InFork fork -> forks.step(frame, fork, forkOf(frame));
            case InListen listen -> listening.step(frame, listen);
            case InSubscription subscription -> subscriptions.step(frame, subscription);
            case InLoop loop when loop.isBeforeFirst() -> loops.iterate(frame, loop, loop.value());
            case Progress.OfList list -> walk(frame, listOf(frame, list), list.position(), list.value());
            case InJob job -> throw notReady(frame);
            case InWait waiting -> throw notReady(frame);
            case InChild child -> throw notReady(frame);
        }
    }

    private ForkTask forkOf(Frame frame) {
        if (run.plan().task(frame.task()) instanceof ForkTask task) {
            return task;
        }
        throw new IllegalStateException("Expected a fork at " + frame.task());
    }

    private static IllegalStateException notReady(Frame frame) {
        return new IllegalStateException("Expected something to go on with at " + frame.task());
    }

    void walk(Frame frame, TaskList list, Position position, JsonNode value) {
        switch (position) {
            case Position.AtStart start -> startAt(frame, list, 0, value);
            case Position.Before before ->
                startAt(frame, list, run.plan().task(before.task()).common().indexInList(), value);
            case Position.After after -> follow(frame, list, after, value);
            case Position.Inside inside -> throw notReady(frame);
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
            case FunctionTask task -> task.body();
            case ExtendedTask task -> Extensions.listOf(task, (InExtension) progress);
            case SubscriptionTask task -> subscriptions.listOf(task, (InSubscription) progress);
            case ForkTask task -> throw notAList(task);
            case ListenTask task -> throw notAList(task);
            case EmitTask task -> throw notAList(task);
            case RunWorkflowTask task -> throw notAList(task);
            case RunProcessTask task -> throw notAList(task);
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
        if (frame.progress() instanceof InExtension extension && extension.phase() == ExtensionPhase.EXTENDED) {
            extensions.followExtended(frame, extension, after.then(), value);
            return;
        }
        switch (after.then()) {
            case Directive.Continue next ->
                startAt(frame, list, run.plan().task(after.task()).common().indexInList() + 1, value);
            case Directive.Goto target -> startAt(frame, list, list.indexOf(target.name()), value);
            case Directive.Exit exit -> leaveList(frame, value);
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

    /** The list ran off its end. */
    private void finishList(Frame frame, JsonNode value) {
        if (frame.progress() instanceof InLoop loop) {
            loops.iterate(frame, loop, value);
        } else if (frame.progress() instanceof InListen) {
            listening.finishItem(frame, value, false);
        } else if (frame.progress() instanceof InSubscription subscription) {
            subscriptions.finishList(frame, subscription, value, false);
        } else if (frame.progress() instanceof InExtension extension) {
            extensions.finishList(frame, extension, value, false);
        } else {
            leaveList(frame, value);
        }
    }

    /** Completes what owns the list. */
    private void leaveList(Frame frame, JsonNode value) {
        if (frame.activation() == Frame.ROOT) {
            completeWorkflow(value);
        } else if (frame.progress() instanceof InListen) {
            listening.finishItem(frame, value, true);
        } else if (frame.progress() instanceof InSubscription subscription) {
            subscriptions.finishList(frame, subscription, value, true);
        } else if (frame.progress() instanceof InExtension extension) {
            extensions.finishList(frame, extension, value, true);
        } else {
            finish(frame, value, thenOf(frame), null);
        }
    }

    /** Where the flow goes after this activation. */
    Directive thenOf(Frame frame) {
        Task task = run.plan().task(frame.task());
        if (task instanceof TryTask tryTask
                && frame.progress() instanceof InTry tried
                && tried.phase() == InTry.Phase.HANDLER) {
            Directive onError = tryTask.catches().then();
            return onError == null ? task.common().then() : onError;
        }
        return task.common().then();
    }

    void completeWorkflow(JsonNode raw) {
        try {
            Variables variables = scope.ofWorkflow();
            JsonNode output =
                    Evaluation.transformed("output.as", run.plan().output().as(), raw, variables);
            Evaluation.validate("workflow's output", run.plan().output().schema(), output, variables);
            run.emit(new Event.InstanceCompleted(output));
        } catch (TaskFailure failure) {
            run.emit(new Event.InstanceFaulted(failure.error().at("/output")));
        }
    }

    /** Begins a task, and ends it too where nothing is to be waited for. */
    void start(Task task, long parent, JsonNode raw) {
        long activation = run.state().nextActivation();
        Variables variables = scope.ofTask(task, parent, raw, run.now());
        try {
            if (task.common().condition() != null
                    && !Evaluation.holds("if", task.common().condition(), raw, variables)) {
                run.emit(new Event.TaskSkipped(activation, parent, task.pointer(), task.kind()));
                return;
            }
            Evaluation.validate("input", task.common().input().schema(), raw, variables);
            JsonNode input =
                    Evaluation.transformed("input.from", task.common().input().from(), raw, variables);
            Variables inside = variables.with("input", input);
            beginnings.begin(new Beginning(task, activation, parent, raw, input, inside, run.now()));
        } catch (TaskFailure failure) {
            errors.faultTask(activation, parent, task, failure.error(), null);
        }
    }

    /**
     * Begins and ends a task that waits for nothing.
     *
     * @param emitted the event that it emits
     */
    void finishAtOnce(Beginning at, JsonNode rawOutput, Directive then, @Nullable JsonNode emitted) {
        Outcome result = Outcome.of(at.task(), rawOutput, at.variables());
        run.emit(new Event.TaskCompleted(
                at.activation(),
                at.parent(),
                at.task().pointer(),
                at.task().kind(),
                Evaluation.changedOrNull(result.output(), at.raw()),
                result.context(),
                then,
                null,
                emitted == null ? null : Evaluation.changedOrNull(emitted, result.output())));
    }

    /** Ends an open activation: transforms its output, exports, and hands on. */
    void finish(Frame frame, JsonNode rawOutput, Directive then, Event.@Nullable Execution execution) {
        Task task = run.plan().task(frame.task());
        Abandonment.inside(run, frame);
        try {
            Outcome result = Outcome.of(task, rawOutput, scope.of(frame));
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
            errors.faultEnded(frame, failure.error(), execution);
        }
    }

    /** The workflow's own error, which no task caught. */
    static WorkflowError timeout(String what) {
        return WorkflowError.of(
                StandardError.TIMEOUT, what + " timed out", "Expected " + what + " to end in time, but it did not");
    }
}

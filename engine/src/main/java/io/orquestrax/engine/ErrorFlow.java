package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.plan.CatchSpec;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.RetrySpec;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TryTask;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InFork;
import io.orquestrax.engine.state.Progress.InTry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an error goes: to the nearest try around it that catches it, or to the workflow (DSL, Fault Tolerance). */
final class ErrorFlow {
    private final Run run;
    private final Scope scope;
    private final Flow flow;

    ErrorFlow(Run run, Scope scope, Flow flow) {
        this.run = run;
        this.scope = scope;
        this.flow = flow;
    }

    /** Ends a task with an error, whether or not it had begun. */
    void faultTask(long activation, long parent, Task task, WorkflowError error, Event.@Nullable Execution execution) {
        Abandonment.of(run, activation);
        emitFault(activation, parent, task, error.at(task.pointer()), execution);
    }

    /** Ends a task with an error that comes of its end: nothing is waited for in it. */
    void faultEnded(Frame frame, WorkflowError error, Event.@Nullable Execution execution) {
        Task task = run.plan().task(frame.task());
        emitFault(frame.activation(), frame.parent(), task, error.at(task.pointer()), execution);
    }

    private void emitFault(
            long activation, long parent, Task task, WorkflowError error, Event.@Nullable Execution execution) {
        run.emit(new Event.TaskFaulted(activation, parent, task.pointer(), task.kind(), error, execution));
        reach(parent, error);
    }

    /** The error of a task that is over reaches the activation around it. */
    private void reach(long activation, WorkflowError error) {
        if (activation == Frame.ROOT) {
            run.emit(new Event.InstanceFaulted(error));
            return;
        }
        Frame frame = run.state().frame(activation);
        boolean competitorsAreLeft = frame.progress() instanceof InFork fork && fork.compete() && !fork.isLost();
        if (!competitorsAreLeft && !isCaught(frame, error)) {
            rise(frame, error);
        }
    }

    /** The error goes through this activation, which stays as it is unless it drops out of a competition. */
    private void rise(Frame frame, WorkflowError error) {
        boolean competes = frame.parent() != Frame.ROOT
                && run.state().frame(frame.parent()).progress() instanceof InFork fork
                && fork.compete();
        if (competes) {
            faultTask(frame.activation(), frame.parent(), run.plan().task(frame.task()), error, null);
        } else {
            reach(frame.parent(), error);
        }
    }

    /** Whether this activation is a try task whose list failed, and that has taken care of the error. */
    private boolean isCaught(Frame frame, WorkflowError error) {
        if (!(frame.progress() instanceof InTry tried
                && tried.phase() == InTry.Phase.BODY
                && run.plan().task(frame.task()) instanceof TryTask task)) {
            return false;
        }
        CatchSpec catches = task.catches();
        JsonNode asInput = error.toJson();
        Variables variables = scope.of(frame).with(catches.as(), asInput);
        try {
            boolean matches = (catches.filter() == null || catches.filter().matches(error))
                    && passes(catches.when(), catches.exceptWhen(), "catch", asInput, variables);
            if (!matches) {
                return false;
            }
            Optional<Instant> retryAt = retryAt(catches.retry(), frame, tried, asInput, variables);
            if (retryAt.isPresent()) {
                scheduleRetry(frame, tried, error, retryAt.get());
                return true;
            }
        } catch (TaskFailure failure) {
            faultTask(frame.activation(), frame.parent(), task, failure.error(), null);
            return true;
        }
        return isHandled(frame, task, error);
    }

    private static boolean passes(
            @Nullable Expression when,
            @Nullable Expression exceptWhen,
            String where,
            JsonNode error,
            Variables variables) {
        return (when == null || Evaluation.holds(where + ".when", when, error, variables))
                && (exceptWhen == null || !Evaluation.holds(where + ".exceptWhen", exceptWhen, error, variables));
    }

    private void scheduleRetry(Frame frame, InTry tried, WorkflowError error, Instant due) {
        Abandonment.inside(run, frame);
        run.emit(new Event.RetryScheduled(frame.activation(), frame.task(), error, tried.attempt() + 1, due));
    }

    /** Runs what the author gave for the caught error; retries alone, used up, let the error pass. */
    private boolean isHandled(Frame frame, TryTask task, WorkflowError error) {
        CatchSpec catches = task.catches();
        boolean hasHandler = catches.tasks() != null || catches.then() != null;
        if (!hasHandler && catches.retry() != null) {
            return false;
        }
        Abandonment.inside(run, frame);
        run.emit(new Event.ErrorCaught(frame.activation(), frame.task(), error));
        if (catches.tasks() == null) {
            Frame caught = run.state().frame(frame.activation());
            Directive then = catches.then() == null ? task.common().then() : catches.then();
            flow.finish(caught, caught.input(), then, null);
        }
        return true;
    }

    private Optional<Instant> retryAt(
            @Nullable RetrySpec retry, Frame frame, InTry tried, JsonNode error, Variables variables) {
        if (retry == null || !passes(retry.when(), retry.exceptWhen(), "retry", error, variables)) {
            return Optional.empty();
        }
        int retryNumber = tried.attempt();
        Integer maxRetries = retry.maxRetries();
        if (maxRetries != null && retryNumber > maxRetries) {
            return Optional.empty();
        }
        JsonNode input = frame.input();
        Duration delay = durationOrZero("retry.delay", retry.delay(), input, variables);
        Duration jitter = Backoff.between(
                durationOrZero("retry.jitter.from", retry.jitterFrom(), input, variables),
                durationOrZero("retry.jitter.to", retry.jitterTo(), input, variables),
                run.state().id(),
                frame.activation(),
                retryNumber);
        Instant due = run.now()
                .plus(Backoff.delay(retry.backoff(), delay, retryNumber))
                .plus(jitter);
        Duration total = Evaluation.durationOrNull("retry.limit.duration", retry.totalDuration(), input, variables);
        Instant firstFailedAt = tried.firstFailedAt() == null ? run.now() : tried.firstFailedAt();
        return total != null && due.isAfter(firstFailedAt.plus(total)) ? Optional.empty() : Optional.of(due);
    }

    private static Duration durationOrZero(
            String where, @Nullable DurationSpec spec, JsonNode input, Variables variables) {
        Duration duration = Evaluation.durationOrNull(where, spec, input, variables);
        return duration == null ? Duration.ZERO : duration;
    }

    /** The backoff of a try task is over. */
    void startRetry(Frame frame) {
        if (!(frame.progress() instanceof InTry tried && run.plan().task(frame.task()) instanceof TryTask task)) {
            throw new IllegalStateException("Expected a try task at " + frame.task());
        }
        try {
            Instant attemptDeadline = Beginnings.attemptDeadline(task, frame.input(), scope.of(frame), run.now());
            run.emit(new Event.RetryStarted(frame.activation(), frame.task(), tried.attempt(), attemptDeadline));
        } catch (TaskFailure failure) {
            faultTask(frame.activation(), frame.parent(), task, failure.error(), null);
        }
    }

    /** One attempt of a try task took too long: an error of its own list, and of the task where it is not caught. */
    void timeOutAttempt(Frame frame) {
        WorkflowError error =
                Flow.timeout("the attempt of task " + frame.task()).at(frame.task());
        if (!isCaught(frame, error)) {
            faultTask(frame.activation(), frame.parent(), run.plan().task(frame.task()), error, null);
        }
    }
}

package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.expression.ConsumedMessages;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.ForeachSpec;
import io.orquestrax.dsl.plan.SubscriptionTask;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InSubscription;
import io.orquestrax.engine.state.InSubscription.Phase;
import java.util.ArrayList;

/** Takes a subscription from one message to the next (DSL reference, AsyncAPI Subscription Iterator). */
final class Subscriptions {
    private final Run run;
    private final Scope scope;
    private final Flow flow;

    Subscriptions(Run run, Scope scope, Flow flow) {
        this.run = run;
        this.scope = scope;
        this.flow = flow;
    }

    void begin(SubscriptionTask task, Beginning at) {
        JsonNode arguments = Evaluation.value("with", task.arguments(), at.input(), at.variables());
        run.emit(new Event.TaskStarted(
                at.activation(),
                at.parent(),
                task.pointer(),
                task.kind(),
                at.changedInput(),
                at.deadline(),
                null,
                Evaluation.changedOrNull(arguments, at.input())));
    }

    TaskList listOf(SubscriptionTask task, InSubscription progress) {
        return progress.phase() == Phase.MESSAGE ? task.foreach().tasks() : task.fetch();
    }

    void step(Frame frame, InSubscription progress) {
        SubscriptionTask task = taskOf(frame);
        try {
            if (progress.phase() == Phase.BETWEEN) {
                next(frame, task, progress);
            } else if (progress.isBeforeFetch() && isEnough(frame, task, progress)) {
                finish(frame, task, progress);
            } else {
                flow.walk(frame, listOf(task, progress), progress.position(), progress.value());
            }
        } catch (TaskFailure failure) {
            flow.errors().faultTask(frame.activation(), frame.parent(), task, failure.error(), null);
        }
    }

    /** What is known without a job: the next message, or the end. */
    private void next(Frame frame, SubscriptionTask task, InSubscription progress) {
        if (progress.queue().isEmpty()) {
            finish(frame, task, progress);
        } else {
            startItem(frame, task, progress);
        }
    }

    private void startItem(Frame frame, SubscriptionTask task, InSubscription progress) {
        // Where there is no list, the message is what flows through it.
        boolean fromInput = !task.foreach().tasks().tasks().isEmpty();
        run.emit(new Event.IterationStarted(frame.activation(), frame.task(), progress.count(), fromInput));
    }

    private void finish(Frame frame, SubscriptionTask task, InSubscription progress) {
        ArrayNode outputs = Json.NODES.arrayNode().addAll(new ArrayList<>(progress.outputs()));
        flow.finish(frame, outputs, task.common().then(), null);
    }

    private boolean isEnough(Frame frame, SubscriptionTask task, InSubscription progress) {
        ArrayNode seen = Json.NODES.arrayNode().addAll(new ArrayList<>(progress.seen()));
        Variables variables =
                scope.of(frame).with("context", ConsumedMessages.in(run.state().context(), seen));
        String place = "with.subscription.consume.";
        if (task.goesOn() != null
                && progress.count() > 0
                && !Evaluation.holds(place + "while", task.goesOn(), seen, variables)) {
            return true;
        }
        return task.ends() != null && Evaluation.holds(place + "until", task.ends(), seen, variables);
    }

    /**
     * A list ran off its end.
     *
     * @param exits whether that completes the task
     */
    void finishList(Frame frame, InSubscription progress, JsonNode value, boolean exits) {
        SubscriptionTask task = taskOf(frame);
        if (progress.phase() == Phase.MESSAGE) {
            finishItem(frame, task, progress, value, exits);
        } else if (value.path("messages").isEmpty()) {
            finish(frame, task, progress);
        } else {
            startItem(frame, task, progress);
        }
    }

    private void finishItem(
            Frame frame, SubscriptionTask task, InSubscription progress, JsonNode value, boolean exits) {
        ForeachSpec foreach = task.foreach();
        try {
            Variables variables = scope.inside(frame);
            Outcome outcome = Outcome.of("foreach.", foreach.output(), foreach.export(), value, variables);
            run.emit(new Event.IterationCompleted(
                    frame.activation(),
                    frame.task(),
                    progress.count() - 1,
                    Evaluation.changedOrNull(outcome.output(), value),
                    outcome.context()));
        } catch (TaskFailure failure) {
            flow.errors().faultTask(frame.activation(), frame.parent(), task, failure.error(), null);
            return;
        }
        if (exits) {
            Frame exited = run.state().frame(frame.activation());
            finish(exited, task, (InSubscription) exited.progress());
        }
    }

    private SubscriptionTask taskOf(Frame frame) {
        if (run.plan().task(frame.task()) instanceof SubscriptionTask task) {
            return task;
        }
        throw new IllegalStateException("Expected a subscription at " + frame.task());
    }
}

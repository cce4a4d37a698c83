package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.ForTask;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.Progress.InLoop;
import java.util.Locale;

/** Takes a for task from one iteration to the next; iterations chain (DSL reference, For). */
final class Loops {
    private final Run run;
    private final Scope scope;
    private final Flow flow;

    Loops(Run run, Scope scope, Flow flow) {
        this.run = run;
        this.scope = scope;
        this.flow = flow;
    }

    void begin(ForTask task, Beginning at) {
        JsonNode items = Evaluation.value("in", task.in(), at.input(), at.variables());
        if (!items.isArray()) {
            throw new TaskFailure(WorkflowError.of(
                    StandardError.EXPRESSION,
                    "There is nothing to go through",
                    "Expected \"in\" to be an array, but it is of the type "
                            + items.getNodeType().name().toLowerCase(Locale.ROOT)));
        }
        run.emit(new Event.LoopStarted(
                at.activation(),
                at.parent(),
                task.pointer(),
                at.changedInput(),
                Evaluation.changedOrNull(items, at.input()),
                at.deadline()));
    }

    /** Begins the next iteration, or ends the loop where there is none. */
    void iterate(Frame frame, InLoop loop, JsonNode value) {
        ForTask task = taskOf(frame);
        int next = loop.index() + 1;
        try {
            if (next >= loop.items().size() || !holds(task, frame, loop.items().get(next), next, value)) {
                flow.finish(frame, value, task.common().then(), null);
            } else {
                run.emit(new Event.IterationStarted(frame.activation(), frame.task(), next, false));
            }
        } catch (TaskFailure failure) {
            flow.errors().faultTask(frame.activation(), frame.parent(), task, failure.error(), null);
        }
    }

    private boolean holds(ForTask task, Frame frame, JsonNode item, int index, JsonNode value) {
        Expression condition = task.condition();
        if (condition == null) {
            return true;
        }
        Variables variables = scope.of(frame).with(task.each(), item).with(task.at(), Json.NODES.numberNode(index));
        return Evaluation.holds("while", condition, value, variables);
    }

    private ForTask taskOf(Frame frame) {
        if (run.plan().task(frame.task()) instanceof ForTask task) {
            return task;
        }
        throw new IllegalStateException("Expected a for task at " + frame.task());
    }
}

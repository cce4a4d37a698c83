package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.ExtendedTask;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.ExtensionPhase;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.Progress.InExtension;

/** Takes an extended task from what comes before it to what comes after (DSL reference, Extension). */
final class Extensions {
    private final Run run;
    private final Scope scope;
    private final Flow flow;

    Extensions(Run run, Scope scope, Flow flow) {
        this.run = run;
        this.scope = scope;
        this.flow = flow;
    }

    void begin(ExtendedTask task, Beginning at) {
        Expression when = task.when();
        Variables variables = scope.ofExtension(task, at);
        boolean applies = when == null || Evaluation.holds("extension.when", when, at.raw(), variables);
        boolean hasBefore = applies && !task.before().tasks().isEmpty();
        run.emit(new Event.ExtensionStarted(
                at.activation(),
                at.parent(),
                task.pointer(),
                applies,
                hasBefore ? ExtensionPhase.BEFORE : ExtensionPhase.EXTENDED));
    }

    static TaskList listOf(ExtendedTask task, InExtension extension) {
        return switch (extension.phase()) {
            case BEFORE -> task.before();
            case EXTENDED -> task.extended();
            case AFTER -> task.after();
        };
    }

    /** The extended task is over; where it sends the flow is followed once the extension is over too. */
    void followExtended(Frame frame, InExtension extension, Directive then, JsonNode output) {
        ExtendedTask task = taskOf(frame);
        if (extension.applies() && !task.after().tasks().isEmpty()) {
            run.emit(new Event.ExtensionAdvanced(frame.activation(), frame.task(), ExtensionPhase.AFTER));
        } else {
            conclude(frame, extension, then, output);
        }
    }

    /**
     * One of the extension's own lists is over.
     *
     * @param exits whether one of its tasks said so
     */
    void finishList(Frame frame, InExtension extension, JsonNode value, boolean exits) {
        switch (extension.phase()) {
            case BEFORE -> {
                if (exits) {
                    flow.finish(frame, value, taskOf(frame).common().then(), null);
                } else {
                    run.emit(new Event.ExtensionAdvanced(frame.activation(), frame.task(), ExtensionPhase.EXTENDED));
                }
            }
            case EXTENDED -> throw new IllegalStateException("Expected the flow to be followed at " + frame.task());
            case AFTER -> conclude(frame, extension, extension.then(), extension.output());
        }
    }

    private void conclude(Frame frame, InExtension extension, Directive then, JsonNode output) {
        if (extension.isSkipped()) {
            run.emit(new Event.TaskSkipped(frame.activation(), frame.parent(), frame.task(), frame.kind()));
        } else {
            boolean isUsual = then instanceof Directive.Continue;
            flow.finish(frame, output, isUsual ? taskOf(frame).common().then() : then, null);
        }
    }

    private ExtendedTask taskOf(Frame frame) {
        if (run.plan().task(frame.task()) instanceof ExtendedTask task) {
            return task;
        }
        throw new IllegalStateException("Expected an extended task at " + frame.task());
    }
}

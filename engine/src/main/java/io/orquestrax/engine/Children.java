package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.Progress.InChild;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Instances that tasks start, and what becomes of them (DSL reference, Run Workflow). */
final class Children {
    /** Workflows that each run the next one: one that runs itself would go on for ever. */
    static final int MAX_DEPTH = 100;

    private final Run run;
    private final Flow flow;

    Children(Run run, Flow flow) {
        this.run = run;
        this.flow = flow;
    }

    void start(RunWorkflowTask task, Beginning at) {
        if (depth() >= MAX_DEPTH) {
            throw new TaskFailure(WorkflowError.of(
                    StandardError.RUNTIME,
                    "Too many workflows run each other",
                    "Expected at most " + MAX_DEPTH + " workflows that each run the next one, but " + task.namespace()
                            + "/" + task.workflow() + " would be one more"));
        }
        JsonNode input = Evaluation.value("run.workflow.input", task.input(), at.input(), at.variables());
        run.emit(new Event.ChildStarted(
                at.activation(),
                at.parent(),
                task.pointer(),
                at.changedInput(),
                id(at.activation(), 1),
                task.namespace(),
                task.workflow(),
                task.version(),
                Evaluation.changedOrNull(input, at.input()),
                task.await(),
                at.deadline()));
        Frame frame = run.state().frame(at.activation());
        request(frame, childOf(frame));
        if (!task.await()) {
            flow.finish(frame, frame.input(), task.common().then(), null);
        }
    }

    private UUID id(long activation, int number) {
        return DerivedId.ofTime(run.now(), "child", run.state().id(), activation, number);
    }

    private void request(Frame frame, InChild child) {
        run.effect(new Effect.StartChild(
                child.child(),
                child.namespace(),
                child.name(),
                child.version(),
                child.input(),
                new Origin.Parent(run.state().id(), frame.activation(), child.isAwaited(), depth() + 1)));
    }

    /** How many instances started each other up to this one. */
    private int depth() {
        return run.state()
                .origin()
                .map(origin -> origin instanceof Origin.Parent parent ? parent.depth() : 0)
                .orElse(0);
    }

    /** Children were cancelled when the instance faulted, and what became of them since is not known. */
    void restartAll() {
        List<Frame> waiting = run.state().frames().stream()
                .filter(frame -> frame.progress() instanceof InChild)
                .toList();
        for (Frame frame : waiting) {
            int number = childOf(frame).number() + 1;
            run.emit(
                    new Event.ChildRestarted(frame.activation(), frame.task(), id(frame.activation(), number), number));
            request(frame, childOf(run.state().frame(frame.activation())));
        }
    }

    /** A report of a child that nobody waits for changes nothing. */
    void report(Command.ReportChild report) {
        if (run.state().status().isClosed()) {
            return;
        }
        Optional<Frame> waiting = run.state()
                .find(report.activation())
                .filter(frame -> frame.progress() instanceof InChild child
                        && child.child().equals(report.child()));
        waiting.ifPresent(frame -> settle(frame, report));
    }

    private void settle(Frame frame, Command.ReportChild report) {
        Task task = run.plan().task(frame.task());
        switch (report.status()) {
            case COMPLETED -> {
                JsonNode output = report.output() == null ? Json.NODES.nullNode() : report.output();
                flow.finish(frame, output, task.common().then(), null);
            }
            case FAULTED -> flow.errors().faultEnded(frame, ofChild(report), null);
            case CANCELLED -> flow.errors().faultEnded(frame, cancelled(report), null);
            case PENDING, RUNNING, WAITING, SUSPENDED -> {}
        }
    }

    private static WorkflowError cancelled(Command.ReportChild report) {
        return WorkflowError.of(
                StandardError.RUNTIME,
                "The workflow that the task ran was cancelled",
                "Expected instance " + report.child() + " to complete, but it was cancelled");
    }

    /** The child's error, at the place of the task that ran it: a pointer into another document would mislead. */
    private static WorkflowError ofChild(Command.ReportChild report) {
        WorkflowError error = report.error();
        return error == null
                ? WorkflowError.of(
                        StandardError.RUNTIME,
                        "The workflow that the task ran faulted",
                        "Expected instance " + report.child() + " to complete, but it faulted")
                : error.placeless();
    }

    private static InChild childOf(Frame frame) {
        if (frame.progress() instanceof InChild child) {
            return child;
        }
        throw new IllegalStateException("Expected a child at " + frame.task());
    }
}

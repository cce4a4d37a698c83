package io.orquestrax.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.ForkTask;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InFork;

/** Begins the branches of a fork, one at a time, and joins them (DSL reference, Fork). */
final class Forks {
    private final Flow flow;

    Forks(Flow flow) {
        this.flow = flow;
    }

    void step(Frame frame, InFork fork, ForkTask task) {
        TaskList branches = task.branches();
        InFork.Verdict verdict = fork.verdict();
        if (verdict != null) {
            if (verdict.endsWorkflow()) {
                flow.completeWorkflow(verdict.output());
            } else {
                flow.finish(frame, verdict.output(), task.common().then(), null);
            }
        } else if (!fork.again().isEmpty()) {
            flow.start(branches.tasks().get(fork.again().first()), frame.activation(), fork.value());
        } else if (fork.next() < fork.size()) {
            flow.start(branches.tasks().get(fork.next()), frame.activation(), fork.value());
        } else {
            flow.finish(frame, joined(fork), task.common().then(), null);
        }
    }

    /** In the order of their declaration. */
    private static ArrayNode joined(InFork fork) {
        ArrayNode outputs = Json.NODES.arrayNode(fork.size());
        for (int index = 0; index < fork.size(); index++) {
            outputs.add(fork.outputs().get(index));
        }
        return outputs;
    }
}

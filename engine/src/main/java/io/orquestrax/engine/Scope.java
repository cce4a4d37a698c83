package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.ExtendedTask;
import io.orquestrax.dsl.plan.ForTask;
import io.orquestrax.dsl.plan.ForeachSpec;
import io.orquestrax.dsl.plan.FunctionTask;
import io.orquestrax.dsl.plan.ListenTask;
import io.orquestrax.dsl.plan.SubscriptionTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TryTask;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.event.ExtensionPhase;
import io.orquestrax.engine.state.Frame;
import io.orquestrax.engine.state.InFork;
import io.orquestrax.engine.state.InListen;
import io.orquestrax.engine.state.InSubscription;
import io.orquestrax.engine.state.Progress;
import io.orquestrax.engine.state.Progress.InChild;
import io.orquestrax.engine.state.Progress.InExtension;
import io.orquestrax.engine.state.Progress.InJob;
import io.orquestrax.engine.state.Progress.InLoop;
import io.orquestrax.engine.state.Progress.InTry;
import io.orquestrax.engine.state.Progress.InWait;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

/** What expressions see, by where they stand (DSL, Runtime Expressions, Arguments). */
final class Scope {
    private final Run run;
    private final JsonNode runtime;

    Scope(Run run, JsonNode runtime) {
        this.run = run;
        this.runtime = runtime;
    }

    /** Of the workflow's own input and output. */
    Variables ofWorkflow() {
        return Variables.at(run.now(), run.effort())
                .with("workflow", this::workflow)
                .with("runtime", runtime)
                .with("context", run.state().context());
    }

    /**
     * Of a task before its input is transformed.
     *
     * @param parent the activation that it stands in
     */
    Variables ofTask(Task task, long parent, JsonNode raw, Instant startedAt) {
        Variables variables = ofWorkflow().with("task", () -> task(task, raw, startedAt));
        return within(variables, parent);
    }

    /** Of an open activation's task, with its transformed input. */
    Variables of(Frame frame) {
        Task task = run.plan().task(frame.task());
        return ofTask(task, frame.parent(), frame.raw(), frame.startedAt()).with("input", frame.input());
    }

    /** Of an open activation's own list: what its task sees, and what it defines for its list. */
    Variables inside(Frame frame) {
        Task task = run.plan().task(frame.task());
        Variables variables = ofWorkflow().with("task", () -> task(task, frame.raw(), frame.startedAt()));
        return within(variables, frame.activation()).with("input", frame.input());
    }

    /** Of an extension's condition: the extended task's descriptor with the members of its definition beside. */
    Variables ofExtension(ExtendedTask extension, Beginning at) {
        Task extended = extendedBy(extension);
        return at.variables().with("task", () -> {
            ObjectNode descriptor = Json.NODES.objectNode();
            JsonNode definition = extended.common().definition();
            definition.properties().forEach(each -> descriptor.set(each.getKey(), each.getValue()));
            task(extended, at.raw(), at.now())
                    .properties()
                    .forEach(each -> descriptor.set(each.getKey(), each.getValue()));
            return descriptor;
        });
    }

    /** The lists of an extension see the task that is extended, not their own. */
    private static Variables withExtended(Variables outer, ExtendedTask extension, Frame frame, InExtension progress) {
        Task extended = extendedBy(extension);
        Variables variables = outer.with("task", () -> task(extended, frame.raw(), frame.startedAt()));
        return progress.phase() == ExtensionPhase.AFTER
                ? withRawOutput(extended, variables, progress.output())
                : variables;
    }

    private static Task extendedBy(ExtendedTask extension) {
        Task extended = extension.extended().tasks().getFirst();
        return extended instanceof ExtendedTask inner ? extendedBy(inner) : extended;
    }

    /** Of a task whose output is there, but not transformed yet. */
    static Variables withRawOutput(Task of, Variables variables, JsonNode rawOutput) {
        Supplier<JsonNode> task = Objects.requireNonNull(variables.valueOrNull("task"));
        return variables.with("task", () -> {
            JsonNode known = task.get();
            if (!known.path("reference").asText().equals(of.pointer())) {
                return known;
            }
            ObjectNode descriptor = Json.NODES.objectNode();
            known.properties().forEach(each -> descriptor.set(each.getKey(), each.getValue()));
            return descriptor.set("output", rawOutput);
        });
    }

    /** With what the tasks around define: caught errors, items of loops. A function's body sees its caller's not. */
    private Variables within(Variables variables, long activation) {
        if (activation == Frame.ROOT) {
            return variables;
        }
        Frame frame = run.state().frame(activation);
        Task around = run.plan().task(frame.task());
        if (around instanceof FunctionTask) {
            return variables;
        }
        Variables outer = within(variables, frame.parent());
        return switch (frame.progress()) {
            case InTry tried
            when tried.phase() == InTry.Phase.HANDLER && around instanceof TryTask task -> {
                WorkflowError error = tried.error();
                yield error == null ? outer : outer.with(task.catches().as(), error::toJson);
            }
            case InLoop loop
            when !loop.isBeforeFirst() && around instanceof ForTask task ->
                outer.with(task.each(), loop::item).with(task.at(), () -> Json.NODES.numberNode(loop.index()));
            case InListen listen
            when listen.item() != null && around instanceof ListenTask task ->
                task.foreach() == null
                        ? outer
                        : withItem(
                                outer,
                                task.foreach(),
                                listen.item().event(),
                                listen.outputs().size());
            case InSubscription subscription
            when subscription.message() != null && around instanceof SubscriptionTask task ->
                withItem(outer, task.foreach(), subscription.message(), subscription.count() - 1);
            case InExtension extension
            when extension.phase() != ExtensionPhase.EXTENDED && around instanceof ExtendedTask task ->
                withExtended(outer, task, frame, extension);
            case Progress.OfList list -> outer;
            case InListen listen -> outer;
            case InFork fork -> outer;
            case InJob job -> outer;
            case InWait waiting -> outer;
            case InChild child -> outer;
        };
    }

    private static Variables withItem(Variables outer, ForeachSpec foreach, JsonNode item, int index) {
        return outer.with(foreach.item(), item).with(foreach.at(), () -> Json.NODES.numberNode(index));
    }

    private JsonNode workflow() {
        ObjectNode descriptor = Json.NODES.objectNode();
        descriptor.put("id", run.state().id().toString());
        descriptor.set("definition", run.plan().document());
        descriptor.set("input", run.state().input());
        descriptor.set("startedAt", moment(run.state().startedAt()));
        return descriptor;
    }

    private static JsonNode task(Task task, JsonNode raw, Instant startedAt) {
        ObjectNode descriptor = Json.NODES.objectNode();
        descriptor.put("name", task.name());
        descriptor.put("reference", task.pointer());
        descriptor.set("definition", task.common().definition());
        descriptor.set("input", raw);
        descriptor.set("startedAt", moment(startedAt));
        return descriptor;
    }

    private static JsonNode moment(Instant time) {
        ObjectNode moment = Json.NODES.objectNode();
        moment.put("iso8601", time.toString());
        moment.putObject("epoch").put("seconds", time.getEpochSecond()).put("milliseconds", time.toEpochMilli());
        return moment;
    }
}

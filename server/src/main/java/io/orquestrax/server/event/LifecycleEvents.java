package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle of a workflow and its tasks as CloudEvents (DSL, Lifecycle Events), derived from the events of a
 * decision. Their ids are made of the history's sequence, so that a sink knows a repetition.
 */
final class LifecycleEvents {
    private static final String PREFIX = "io.serverlessworkflow.";

    private final LifecycleScope scope;
    private final InstanceState before;
    private final InstanceState after;
    private final DefinitionId definition;
    private final String name;
    private final String instance;
    private final List<JsonNode> envelopes = new ArrayList<>();
    private final Set<Long> opened = new HashSet<>();
    private final OpenTasks tasks;

    LifecycleEvents(LifecycleScope scope, InstanceState before, InstanceState after) {
        this.scope = scope;
        this.before = before;
        this.after = after;
        this.tasks = new OpenTasks(before);
        this.definition = after.definition();
        this.instance = after.id().toString();
        this.name = definition.name() + "-" + instance + "." + definition.namespace();
    }

    List<JsonNode> of(List<RecordedEvent> recorded) {
        recorded.forEach(this::add);
        if (!recorded.isEmpty() && !after.status().isClosed()) {
            tasks.leftBy(after).forEach(each -> task(recorded.getLast(), each, "cancelled"));
        }
        return envelopes;
    }

    private void add(RecordedEvent recorded) {
        switch (recorded.event()) {
            case Event.InstanceStarted started -> {
                ObjectNode data = workflow(recorded, "started");
                data.putObject("definition")
                        .put("namespace", definition.namespace())
                        .put("name", definition.name())
                        .put("version", definition.version());
            }
            case Event.InstanceSuspended suspended -> {
                workflow(recorded, "suspended");
                tasks.all().forEach(each -> task(recorded, each, "suspended"));
            }
            case Event.InstanceResumed resumed -> {
                workflow(recorded, "resumed");
                tasks.all().forEach(each -> task(recorded, each, "resumed"));
            }
            case Event.InstanceRetried retried -> workflow(recorded, "resumed");
            case Event.InstanceCancelled cancelled -> {
                tasks.left().forEach(each -> task(recorded, each, "cancelled"));
                workflow(recorded, "cancelled");
            }
            case Event.InstanceCompleted completed -> {
                tasks.left().forEach(each -> task(recorded, each, "cancelled"));
                workflow(recorded, "completed").set("output", completed.output());
            }
            case Event.InstanceFaulted faulted -> {
                tasks.left().forEach(each -> task(recorded, each, "cancelled"));
                putError(workflow(recorded, "faulted"), faulted.error());
            }
            case Event.OfTask ofTask -> {
                tasks.follow(ofTask);
                addCorrelation(recorded, ofTask);
                if (scope == LifecycleScope.ALL) {
                    addTask(recorded, ofTask);
                }
            }
        }
    }

    /** A workflow correlates events as long as it listens. */
    private void addCorrelation(RecordedEvent recorded, Event.OfTask event) {
        if (event instanceof Event.ListenStarted) {
            correlation(recorded, "started");
        } else if (event instanceof Event.TaskCompleted completed
                && completed.kind().equals("listen")) {
            ObjectNode keys = correlation(recorded, "completed").putObject("correlationKeys");
            after.correlations().forEach(keys::set);
        }
    }

    private ObjectNode correlation(RecordedEvent recorded, String verb) {
        return envelope(recorded, "workflow.correlation-" + verb, "correlation-" + verb)
                .put("name", name)
                .put(verb + "At", time(recorded));
    }

    private void addTask(RecordedEvent recorded, Event.OfTask event) {
        switch (event) {
            case Event.TaskCompleted completed -> {
                open(recorded, completed);
                putOutput(task(recorded, completed, "completed"), completed.output());
            }
            case Event.TaskFaulted faulted -> {
                open(recorded, faulted);
                putError(task(recorded, faulted, "faulted"), faulted.error());
            }
            case Event.TaskSkipped skipped -> {}
            case Event.Opening opening -> open(recorded, opening);
            case Event.JobRetried retried -> task(recorded, retried, "retried");
            case Event.RetryStarted retried -> task(recorded, retried, "retried");
            case Event.ChildRestarted restarted -> task(recorded, restarted, "retried");
            case Event.IterationStarted inside -> {}
            case Event.IterationCompleted inside -> {}
            case Event.ExtensionAdvanced inside -> {}
            case Event.EventConsumed inside -> {}
            case Event.JobFailed inside -> {}
            case Event.JobLost inside -> {}
            case Event.RetryScheduled inside -> {}
            case Event.ErrorCaught inside -> {}
        }
    }

    /** A task may start and end in one event. */
    private void open(RecordedEvent recorded, Event.Opening event) {
        if (before.find(event.activation()).isEmpty() && opened.add(event.activation())) {
            task(recorded, event, "created");
            task(recorded, event, "started");
        }
    }

    private ObjectNode workflow(RecordedEvent recorded, String verb) {
        return envelope(recorded, "workflow." + verb, verb).put("name", name).put(verb + "At", time(recorded));
    }

    private ObjectNode task(RecordedEvent recorded, Event.OfTask event, String verb) {
        return envelope(recorded, "task." + verb, verb)
                .put("workflow", name)
                .put("task", event.task())
                .put(verb + "At", time(recorded));
    }

    /** One of several tasks that an event of the workflow is about. */
    private void task(RecordedEvent recorded, OpenTasks.OpenTask open, String verb) {
        if (scope == LifecycleScope.ALL) {
            envelope(recorded, "task." + verb, verb + "-" + open.activation())
                    .put("workflow", name)
                    .put("task", open.task())
                    .put(verb + "At", time(recorded));
        }
    }

    /** Returns its data, still empty. */
    private ObjectNode envelope(RecordedEvent recorded, String type, String verb) {
        ObjectNode envelope = Json.NODES
                .objectNode()
                .put("specversion", "1.0")
                .put("id", instance + "-" + recorded.sequence() + "-" + verb)
                .put("source", "/" + definition)
                .put("type", PREFIX + type + ".v1")
                .put("time", time(recorded))
                .put("subject", instance)
                .put("datacontenttype", "application/json");
        envelopes.add(envelope);
        return envelope.putObject("data");
    }

    private static String time(RecordedEvent recorded) {
        return recorded.time().toString();
    }

    private static void putOutput(ObjectNode data, @Nullable JsonNode output) {
        if (output != null) {
            data.set("output", output);
        }
    }

    private static void putError(ObjectNode data, WorkflowError error) {
        data.set("error", error.toJson());
    }
}

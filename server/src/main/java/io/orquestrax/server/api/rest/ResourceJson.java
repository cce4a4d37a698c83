package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.server.api.InstanceView;
import io.orquestrax.server.api.ProblemDetails;
import io.orquestrax.server.event.EventView;
import io.orquestrax.server.job.WorkerView;
import io.orquestrax.server.orchestration.ClusterView;
import io.orquestrax.server.schedule.ScheduledTrigger;
import io.orquestrax.store.cloudevent.StoredEvent;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.schedule.ScheduleRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The resources of the API as JSON. Payloads are put in as the text that they are, never read again. */
final class ResourceJson {
    private ResourceJson() {}

    static ObjectNode definition(StoredDefinition definition) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("namespace", definition.id().namespace());
        json.put("name", definition.id().name());
        json.put("version", definition.id().version());
        json.put("contentHash", definition.contentHash());
        json.put("title", definition.title());
        json.put("summary", definition.summary());
        json.put("deployedAt", definition.deployedAt().toString());
        json.put("deployedBy", definition.deployedBy());
        if (!definition.source().isEmpty()) {
            json.put("source", definition.source());
        }
        return json;
    }

    static ObjectNode instance(InstanceRow instance) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("id", instance.id().toString());
        putText(json, "key", instance.key());
        putDefinition(json, instance.definition());
        json.put("status", instance.status().text());
        putRaw(json, "input", instance.input());
        putRaw(json, "output", instance.output());
        putRaw(json, "error", instance.error());
        ObjectNode tags = json.putObject("tags");
        instance.tags().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        json.put("startedAt", instance.startedAt().toString());
        json.put("updatedAt", instance.updatedAt().toString());
        putTime(json, "closedAt", instance.closedAt());
        putTime(json, "wakeAt", instance.wakeAt());
        switch (instance.origin()) {
            case null -> {}
            case Origin.Parent parent ->
                json.putObject("parent")
                        .put("instanceId", parent.instance().toString())
                        .put("activation", parent.activation());
            case Origin.Schedule schedule -> json.put("trigger", schedule.trigger());
        }
        return json;
    }

    static ObjectNode event(EventRow event) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("sequence", event.sequence());
        json.put("type", event.type());
        json.put("time", event.time().toString());
        putText(json, "task", event.task());
        if (event.activation() != 0) {
            json.put("activation", event.activation());
        }
        if (event.attempt() != 0) {
            json.put("attempt", event.attempt());
        }
        putRaw(json, "data", event.data());
        return json;
    }

    /** Its envelope and its takers stand in the answer for one event only. */
    static ObjectNode receivedEvent(EventView view) {
        StoredEvent event = view.event();
        ObjectNode json = Json.NODES.objectNode();
        json.put("position", event.position());
        json.put("source", event.source());
        json.put("id", event.id());
        json.put("type", event.type());
        putText(json, "subject", event.subject());
        json.put("state", view.state().text());
        json.put("receivedAt", event.receivedAt().toString());
        json.put("keptUntil", view.keptUntil().toString());
        putText(json, "emittedBy", Objects.toString(event.origin(), null));
        json.put("offered", event.offered());
        json.put("taken", event.taken());
        if (event.envelope() != null) {
            putRaw(json, "event", event.envelope());
            ArrayNode takers = json.putArray("takers");
            view.takers().forEach(taker -> takers.add(taker.toString()));
        }
        return json;
    }

    static ObjectNode activation(Activation activation) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("activation", activation.activation());
        if (activation.parent() != 0) {
            json.put("parent", activation.parent());
        }
        json.put("task", activation.task());
        json.put("name", activation.name());
        json.put("kind", activation.kind());
        json.put("state", activation.state().text());
        if (activation.attempt() != 0) {
            json.put("attempt", activation.attempt());
        }
        putText(json, "jobType", activation.jobType());
        putText(json, "worker", activation.worker());
        json.put("startedAt", activation.startedAt().toString());
        putTime(json, "endedAt", activation.endedAt());
        if (activation.input() != null) {
            json.set("input", activation.input());
        }
        if (activation.output() != null) {
            json.set("output", activation.output());
        }
        if (activation.error() != null) {
            json.set("error", activation.error().toJson());
        }
        if (activation.progress() != null) {
            json.set("progress", activation.progress());
        }
        putTime(json, "dueAt", activation.dueAt());
        putText(json, "explanation", activation.explanation());
        return json;
    }

    static ObjectNode view(InstanceView view) {
        ObjectNode json = Json.NODES.objectNode();
        json.set("instance", instance(view.instance()));
        json.set("activations", array(view.activations(), ResourceJson::activation));
        return json;
    }

    static ObjectNode schedule(ScheduledTrigger trigger) {
        ScheduleRow row = trigger.row();
        ObjectNode json = Json.NODES.objectNode();
        putDefinition(json, row.definition());
        json.put("trigger", row.trigger().text());
        json.put("expression", row.expression());
        putText(json, "zone", row.zone());
        json.put("description", trigger.words());
        json.put("paused", row.paused());
        putTime(json, "nextAt", trigger.nextAt());
        ArrayNode upcoming = json.putArray("upcoming");
        trigger.upcoming().forEach(time -> upcoming.add(time.toString()));
        putTime(json, "firedAt", row.firedAt());
        putText(json, "lastInstanceId", Objects.toString(row.firedInstance(), null));
        json.put("firedCount", row.firedCount());
        return json;
    }

    static ObjectNode worker(WorkerView worker) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("id", worker.id());
        json.put("name", worker.name());
        worker.types().forEach(json.putArray("types")::add);
        json.put("capacity", worker.capacity());
        json.put("running", worker.running());
        json.put("host", worker.host());
        json.put("pid", worker.pid());
        json.put("language", worker.language());
        json.put("sdkVersion", worker.sdkVersion());
        json.put("buildId", worker.buildId());
        json.put("connectedAt", worker.connectedAt().toString());
        json.put("transport", worker.transport());
        json.put("draining", worker.draining());
        if (!worker.node().isEmpty()) {
            json.put("node", worker.node());
        }
        return json;
    }

    static ObjectNode cluster(ClusterView cluster) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("name", cluster.name());
        json.put("self", cluster.self());
        json.set("nodes", array(cluster.nodes(), ResourceJson::node));
        json.put("partitions", cluster.partitions().size());
        json.set("ownership", array(cluster.partitions(), ResourceJson::ownership));
        return json;
    }

    private static ObjectNode ownership(ClusterView.PartitionView partition) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("partition", partition.number());
        json.put("owner", partition.owner());
        json.put("epoch", partition.epoch());
        return json;
    }

    private static ObjectNode node(ClusterView.NodeView node) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("id", node.id());
        json.put("version", node.version());
        json.put("address", node.address());
        json.put("startedAt", node.startedAt().toString());
        json.put("state", node.state());
        json.put("silence", node.silence().toString());
        node.partitions().forEach(json.putArray("partitions")::add);
        ObjectNode load = json.putObject("load");
        load.put("residentInstances", node.load().residentInstances());
        load.put("queuedCommands", node.load().queuedCommands());
        load.put("workers", node.load().workers());
        load.put("queuedJobs", node.load().queuedJobs());
        load.put("runningJobs", node.load().runningJobs());
        return json;
    }

    static ObjectNode violation(Problem problem) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("code", problem.code());
        json.put("message", problem.message());
        json.put("pointer", problem.pointer());
        json.put("line", problem.line());
        json.put("column", problem.column());
        json.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        return json;
    }

    /**
     * @param path of the request; RFC 9457, {@code instance}
     */
    static ObjectNode problem(ProblemDetails problem, @Nullable String path) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("type", problem.type());
        json.put("title", problem.title());
        json.put("status", problem.code().httpStatus());
        json.put("detail", problem.detail());
        json.put("code", problem.code().text());
        putText(json, "instance", path);
        if (!problem.violations().isEmpty()) {
            json.set("violations", array(problem.violations(), ResourceJson::violation));
        }
        return json;
    }

    /**
     * @param nextToken absent on the last page
     */
    static <T> ObjectNode page(
            String name, List<T> items, Function<T, ObjectNode> itemToJson, @Nullable String nextToken) {
        ObjectNode json = Json.NODES.objectNode();
        json.set(name, array(items, itemToJson));
        putText(json, "nextPageToken", nextToken);
        return json;
    }

    static <T> ArrayNode array(List<T> items, Function<T, ObjectNode> itemToJson) {
        ArrayNode array = Json.NODES.arrayNode(items.size());
        items.forEach(item -> array.add(itemToJson.apply(item)));
        return array;
    }

    private static void putDefinition(ObjectNode json, DefinitionId id) {
        json.putObject("definition")
                .put("namespace", id.namespace())
                .put("name", id.name())
                .put("version", id.version());
    }

    private static void putText(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    private static void putTime(ObjectNode json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, time.toString());
        }
    }

    private static void putRaw(ObjectNode json, String name, @Nullable String jsonText) {
        if (jsonText != null) {
            json.putRawValue(name, new RawValue(jsonText));
        }
    }
}

package io.orquestrax.server.api.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.v1.Cluster;
import io.orquestrax.protocol.v1.Definition;
import io.orquestrax.protocol.v1.DefinitionRef;
import io.orquestrax.protocol.v1.HistoryEvent;
import io.orquestrax.protocol.v1.Instance;
import io.orquestrax.protocol.v1.Node;
import io.orquestrax.protocol.v1.NodeLoad;
import io.orquestrax.protocol.v1.Ownership;
import io.orquestrax.protocol.v1.Violation;
import io.orquestrax.protocol.v1.WatchInstanceResponse;
import io.orquestrax.protocol.v1.Worker;
import io.orquestrax.server.api.InstanceView;
import io.orquestrax.server.job.WorkerView;
import io.orquestrax.server.orchestration.ClusterView;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The resources of the API as protobuf messages; payloads are JSON text in bytes. */
final class Messages {
    private Messages() {}

    static Definition definition(StoredDefinition definition) {
        return Definition.newBuilder()
                .setRef(ref(definition.id()))
                .setContentHash(definition.contentHash())
                .setTitle(definition.title())
                .setSummary(definition.summary())
                .setDeployedAt(timestamp(definition.deployedAt()))
                .setDeployedBy(definition.deployedBy())
                .setSource(ByteString.copyFromUtf8(definition.source()))
                .build();
    }

    static Violation violation(Problem problem) {
        return Violation.newBuilder()
                .setCode(problem.code())
                .setMessage(problem.message())
                .setPointer(problem.pointer())
                .setLine(problem.line())
                .setColumn(problem.column())
                .setWarning(problem.severity() == Problem.Severity.WARNING)
                .build();
    }

    static Instance instance(InstanceRow instance) {
        Instance.Builder message = Instance.newBuilder()
                .setId(instance.id().toString())
                .setDefinition(ref(instance.definition()))
                .setStatus(instance.status().text())
                .putAllTags(instance.tags())
                .setStartedAt(timestamp(instance.startedAt()))
                .setUpdatedAt(timestamp(instance.updatedAt()));
        ifPresent(instance.key(), message::setKey);
        ifPresent(instance.input(), text -> message.setInput(ByteString.copyFromUtf8(text)));
        ifPresent(instance.output(), text -> message.setOutput(ByteString.copyFromUtf8(text)));
        ifPresent(instance.error(), text -> message.setError(ByteString.copyFromUtf8(text)));
        ifPresent(instance.closedAt(), time -> message.setClosedAt(timestamp(time)));
        ifPresent(instance.wakeAt(), time -> message.setWakeAt(timestamp(time)));
        switch (instance.origin()) {
            case null -> {}
            case Origin.Parent parent ->
                message.getParentBuilder()
                        .setInstanceId(parent.instance().toString())
                        .setActivation(parent.activation());
            case Origin.Schedule schedule -> message.setTrigger(schedule.trigger());
        }
        return message.build();
    }

    static HistoryEvent event(EventRow event) {
        HistoryEvent.Builder message = HistoryEvent.newBuilder()
                .setSequence(event.sequence())
                .setType(event.type())
                .setTime(timestamp(event.time()))
                .setActivation(event.activation())
                .setAttempt(event.attempt())
                .setData(ByteString.copyFromUtf8(event.data()));
        ifPresent(event.task(), message::setTask);
        return message.build();
    }

    static io.orquestrax.protocol.v1.Activation activation(Activation activation) {
        var message = io.orquestrax.protocol.v1.Activation.newBuilder()
                .setActivation(activation.activation())
                .setParent(activation.parent())
                .setTask(activation.task())
                .setName(activation.name())
                .setKind(activation.kind())
                .setState(activation.state().text())
                .setAttempt(activation.attempt())
                .setStartedAt(timestamp(activation.startedAt()));
        ifPresent(activation.jobType(), message::setJobType);
        ifPresent(activation.worker(), message::setWorker);
        ifPresent(activation.endedAt(), time -> message.setEndedAt(timestamp(time)));
        ifPresent(activation.input(), json -> message.setInput(bytes(json)));
        ifPresent(activation.output(), json -> message.setOutput(bytes(json)));
        ifPresent(activation.error(), error -> message.setError(bytes(error.toJson())));
        ifPresent(activation.progress(), json -> message.setProgress(bytes(json)));
        ifPresent(activation.dueAt(), time -> message.setDueAt(timestamp(time)));
        ifPresent(activation.explanation(), message::setExplanation);
        return message.build();
    }

    static WatchInstanceResponse view(InstanceView view) {
        WatchInstanceResponse.Builder message =
                WatchInstanceResponse.newBuilder().setInstance(instance(view.instance()));
        view.activations().stream().map(Messages::activation).forEach(message::addActivations);
        return message.build();
    }

    static Worker worker(WorkerView worker) {
        return Worker.newBuilder()
                .setId(worker.id())
                .setName(worker.name())
                .addAllTypes(worker.types())
                .setCapacity(worker.capacity())
                .setRunning(worker.running())
                .setHost(worker.host())
                .setPid(worker.pid())
                .setLanguage(worker.language())
                .setSdkVersion(worker.sdkVersion())
                .setBuildId(worker.buildId())
                .setConnectedAt(timestamp(worker.connectedAt()))
                .setTransport(worker.transport())
                .setDraining(worker.draining())
                .setNode(worker.node())
                .build();
    }

    static Cluster cluster(ClusterView cluster) {
        Cluster.Builder message = Cluster.newBuilder()
                .setName(cluster.name())
                .setSelf(cluster.self())
                .setPartitions(cluster.partitions().size());
        cluster.nodes().forEach(node -> message.addNodes(node(node)));
        for (ClusterView.PartitionView partition : cluster.partitions()) {
            Ownership.Builder ownership =
                    Ownership.newBuilder().setPartition(partition.number()).setEpoch(partition.epoch());
            ifPresent(partition.owner(), ownership::setOwner);
            message.addOwnership(ownership);
        }
        return message.build();
    }

    private static Node node(ClusterView.NodeView node) {
        ClusterView.LoadView load = node.load();
        return Node.newBuilder()
                .setId(node.id())
                .setVersion(node.version())
                .setAddress(node.address())
                .setStartedAt(timestamp(node.startedAt()))
                .setState(node.state())
                .setSilence(Durations.message(node.silence()))
                .addAllPartitions(node.partitions())
                .setLoad(NodeLoad.newBuilder()
                        .setResidentInstances(load.residentInstances())
                        .setQueuedCommands(load.queuedCommands())
                        .setWorkers(load.workers())
                        .setQueuedJobs(load.queuedJobs())
                        .setRunningJobs(load.runningJobs()))
                .build();
    }

    private static DefinitionRef ref(DefinitionId id) {
        return DefinitionRef.newBuilder()
                .setNamespace(id.namespace())
                .setName(id.name())
                .setVersion(id.version())
                .build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static ByteString bytes(JsonNode json) {
        return ByteString.copyFrom(Json.writeBytes(json));
    }

    private static <T> void ifPresent(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}

package io.orquestrax.sdk;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.v1.DefinitionRef;
import io.orquestrax.protocol.v1.ListInstancesRequest;
import io.orquestrax.protocol.v1.StartInstanceRequest;
import io.orquestrax.protocol.v1.WatchInstanceResponse;
import io.orquestrax.protocol.v1.Worker;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Translates between the wire's messages and the client's records. */
final class Wire {
    private Wire() {}

    static StartInstanceRequest start(StartRequest request) {
        StartInstanceRequest.Builder message = StartInstanceRequest.newBuilder()
                .setDefinition(reference(request.namespace(), request.name(), request.version()))
                .setKey(orEmpty(request.key()))
                .putAllTags(request.tags());
        if (request.input() != null) {
            message.setInput(UnsafeByteOperations.unsafeWrap(request.input().bytes()));
        }
        return message.build();
    }

    /** Answered at the end of the instance, or when the wait is over. */
    static StartInstanceRequest start(StartRequest request, Duration wait) {
        return start(request).toBuilder().setWait(Durations.message(wait)).build();
    }

    static ListInstancesRequest list(InstanceQuery query, String pageToken) {
        return ListInstancesRequest.newBuilder()
                .addAllStatuses(query.statuses().stream()
                        .map(InstanceStatus::text)
                        .sorted()
                        .toList())
                .setNamespace(orEmpty(query.namespace()))
                .setName(orEmpty(query.name()))
                .setKey(orEmpty(query.key()))
                .setPageSize(query.pageSize())
                .setPageToken(pageToken)
                .build();
    }

    static DefinitionRef reference(String namespace, String name, @Nullable String version) {
        return DefinitionRef.newBuilder()
                .setNamespace(namespace)
                .setName(name)
                .setVersion(orEmpty(version))
                .build();
    }

    static DefinitionId id(DefinitionRef reference) {
        return new DefinitionId(reference.getNamespace(), reference.getName(), reference.getVersion());
    }

    static Definition definition(io.orquestrax.protocol.v1.Definition message) {
        return new Definition(
                id(message.getRef()),
                message.getContentHash(),
                orNull(message.getTitle()),
                orNull(message.getSummary()),
                message.hasDeployedAt() ? instant(message.getDeployedAt()) : null,
                orNull(message.getDeployedBy()),
                orNull(message.getSource().toStringUtf8()));
    }

    static Violation violation(io.orquestrax.protocol.v1.Violation message) {
        return new Violation(
                message.getCode(),
                message.getMessage(),
                message.getPointer(),
                message.getLine() == 0 ? null : Integer.valueOf(message.getLine()),
                message.getColumn() == 0 ? null : Integer.valueOf(message.getColumn()),
                message.getWarning());
    }

    static Instance instance(io.orquestrax.protocol.v1.Instance message) {
        return new Instance(
                message.getId(),
                orNull(message.getKey()),
                id(message.getDefinition()),
                InstanceStatus.of(message.getStatus()),
                payload(message.getInput()),
                payload(message.getOutput()),
                payload(message.getError()),
                message.getTagsMap(),
                message.hasStartedAt() ? instant(message.getStartedAt()) : null,
                message.hasUpdatedAt() ? instant(message.getUpdatedAt()) : null,
                message.hasClosedAt() ? instant(message.getClosedAt()) : null,
                message.hasWakeAt() ? instant(message.getWakeAt()) : null);
    }

    static HistoryEvent event(io.orquestrax.protocol.v1.HistoryEvent message) {
        return new HistoryEvent(
                message.getSequence(),
                message.getType(),
                message.hasTime() ? instant(message.getTime()) : null,
                message.getTask(),
                message.getActivation(),
                message.getAttempt(),
                payload(message.getData()));
    }

    static Activation activation(io.orquestrax.protocol.v1.Activation message) {
        return new Activation(
                message.getActivation(),
                message.getParent(),
                message.getTask(),
                message.getName(),
                message.getKind(),
                message.getState(),
                message.getAttempt(),
                orNull(message.getJobType()),
                orNull(message.getWorker()),
                message.hasStartedAt() ? instant(message.getStartedAt()) : null,
                message.hasEndedAt() ? instant(message.getEndedAt()) : null,
                payload(message.getInput()),
                payload(message.getOutput()),
                payload(message.getError()),
                payload(message.getProgress()),
                message.hasDueAt() ? instant(message.getDueAt()) : null,
                orNull(message.getExplanation()));
    }

    static InstanceUpdate update(WatchInstanceResponse message) {
        return new InstanceUpdate(
                instance(message.getInstance()),
                message.getActivationsList().stream().map(Wire::activation).toList());
    }

    static ConnectedWorker worker(Worker message) {
        return new ConnectedWorker(
                message.getId(),
                message.getName(),
                message.getTypesList(),
                message.getCapacity(),
                message.getRunning(),
                message.getHost(),
                message.getPid(),
                message.getLanguage(),
                message.getSdkVersion(),
                message.getBuildId(),
                message.hasConnectedAt() ? instant(message.getConnectedAt()) : null,
                message.getTransport(),
                message.getDraining(),
                message.getNode());
    }

    static Cluster cluster(io.orquestrax.protocol.v1.Cluster message) {
        return new Cluster(
                message.getNodesList().stream()
                        .map(node -> new Cluster.Node(
                                node.getId(),
                                node.getVersion(),
                                node.hasStartedAt() ? instant(node.getStartedAt()) : null,
                                node.getPartitionsList()))
                        .toList(),
                message.getPartitions());
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static @Nullable Payload payload(ByteString json) {
        return json.isEmpty() ? null : Payload.ofJson(json.toByteArray());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}

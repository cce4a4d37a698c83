package io.orquestrax.server.peer;

import com.google.protobuf.Timestamp;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.protocol.cluster.v1.EventRecord;
import io.orquestrax.protocol.cluster.v1.InstanceRecord;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of instances and of histories as nodes send them to each other. */
final class Records {
    private Records() {}

    static InstanceRecord record(InstanceRow row) {
        InstanceRecord.Builder record = InstanceRecord.newBuilder()
                .setId(row.id().toString())
                .setPartition(row.partition())
                .setNamespace(row.definition().namespace())
                .setName(row.definition().name())
                .setVersion(row.definition().version())
                .setContentHash(row.contentHash())
                .setStatus(row.status().text())
                .setStartedAt(timestamp(row.startedAt()))
                .setUpdatedAt(timestamp(row.updatedAt()))
                .putAllTags(row.tags());
        String key = row.key();
        if (key != null) {
            record.setKey(key);
        }
        Instant closedAt = row.closedAt();
        if (closedAt != null) {
            record.setClosedAt(timestamp(closedAt));
        }
        Instant wakeAt = row.wakeAt();
        if (wakeAt != null) {
            record.setWakeAt(timestamp(wakeAt));
        }
        String input = row.input();
        if (input != null) {
            record.setInput(input);
        }
        String output = row.output();
        if (output != null) {
            record.setOutput(output);
        }
        String error = row.error();
        if (error != null) {
            record.setError(error);
        }
        switch (row.origin()) {
            case null -> {}
            case Origin.Parent parent ->
                record.setParentId(parent.instance().toString())
                        .setParentActivation(parent.activation())
                        .setParentAwaits(parent.awaited());
            case Origin.Schedule schedule -> record.setTrigger(schedule.trigger());
        }
        return record.build();
    }

    static InstanceRow row(InstanceRecord record) {
        return new InstanceRow(
                UUID.fromString(record.getId()),
                record.getPartition(),
                new DefinitionId(record.getNamespace(), record.getName(), record.getVersion()),
                record.getContentHash(),
                record.hasKey() ? record.getKey() : null,
                Status.ofText(record.getStatus()),
                instant(record.getStartedAt()),
                instant(record.getUpdatedAt()),
                record.hasClosedAt() ? instant(record.getClosedAt()) : null,
                record.hasWakeAt() ? instant(record.getWakeAt()) : null,
                record.hasInput() ? record.getInput() : null,
                record.hasOutput() ? record.getOutput() : null,
                record.hasError() ? record.getError() : null,
                record.getTagsMap(),
                originOrNull(record));
    }

    static EventRecord record(EventRow row) {
        EventRecord.Builder record = EventRecord.newBuilder()
                .setSequence(row.sequence())
                .setTime(timestamp(row.time()))
                .setType(row.type())
                .setActivation(row.activation())
                .setAttempt(row.attempt())
                .setData(row.data());
        String task = row.task();
        if (task != null) {
            record.setTask(task);
        }
        return record.build();
    }

    static EventRow row(UUID instance, EventRecord record) {
        return new EventRow(
                instance,
                record.getSequence(),
                instant(record.getTime()),
                record.getType(),
                record.hasTask() ? record.getTask() : null,
                record.getActivation(),
                record.getAttempt(),
                record.getData());
    }

    private static @Nullable Origin originOrNull(InstanceRecord record) {
        if (!record.getParentId().isEmpty()) {
            return new Origin.Parent(
                    UUID.fromString(record.getParentId()), record.getParentActivation(), record.getParentAwaits());
        }
        return record.hasTrigger() ? new Origin.Schedule(record.getTrigger()) : null;
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}

package io.orquestrax.store;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows for tests, and other rows made from them. */
public final class TestingRows {
    public static final DefinitionId DEFINITION = new DefinitionId("shop", "order", "1.0.0");
    public static final Instant NOON = Instant.parse("2030-01-01T12:00:00.123456Z");

    private TestingRows() {}

    /** In the order of the numbers, as UUIDv7s of successive milliseconds are. */
    public static UUID id(int number) {
        return new UUID((0x0190_0000_0000L + number) << 16 | 0x7000, 0x8000_0000_0000_0000L | number);
    }

    public static InstanceRow running(UUID id) {
        return new InstanceRow(
                id,
                0,
                DEFINITION,
                "hash",
                null,
                Status.RUNNING,
                NOON,
                NOON,
                null,
                null,
                "{\"n\":1}",
                null,
                null,
                Map.of());
    }

    public static InstanceRow withStatus(InstanceRow row, Status status) {
        Instant closedAt = status.isClosed() ? NOON.plusSeconds(60) : null;
        return new InstanceRow(
                row.id(),
                row.partition(),
                row.definition(),
                row.contentHash(),
                row.key(),
                status,
                row.startedAt(),
                NOON.plusSeconds(60),
                closedAt,
                row.wakeAt(),
                row.input(),
                status == Status.COMPLETED ? "\"done\"" : null,
                status == Status.FAULTED ? "{\"title\":\"bad\"}" : null,
                row.tags());
    }

    public static InstanceRow withKey(InstanceRow row, @Nullable String key) {
        return copy(row, row.partition(), row.definition(), key, row.wakeAt(), row.input());
    }

    public static InstanceRow withDefinition(InstanceRow row, DefinitionId definition) {
        return copy(row, row.partition(), definition, row.key(), row.wakeAt(), row.input());
    }

    public static InstanceRow withPartition(InstanceRow row, int partition) {
        return copy(row, partition, row.definition(), row.key(), row.wakeAt(), row.input());
    }

    public static InstanceRow withWakeAt(InstanceRow row, @Nullable Instant wakeAt) {
        return copy(row, row.partition(), row.definition(), row.key(), wakeAt, row.input());
    }

    public static InstanceRow withInput(InstanceRow row, @Nullable String input) {
        return copy(row, row.partition(), row.definition(), row.key(), row.wakeAt(), input);
    }

    private static InstanceRow copy(
            InstanceRow row,
            int partition,
            DefinitionId definition,
            @Nullable String key,
            @Nullable Instant wakeAt,
            @Nullable String input) {
        return new InstanceRow(
                row.id(),
                partition,
                definition,
                row.contentHash(),
                key,
                row.status(),
                row.startedAt(),
                row.updatedAt(),
                row.closedAt(),
                wakeAt,
                input,
                row.output(),
                row.error(),
                row.tags());
    }

    public static EventRow event(UUID instance, long sequence) {
        return new EventRow(instance, sequence, NOON, "TaskCompleted", "/do/0/pay", 3, 1, "{\"b\":1.10, \"a\":2}");
    }
}

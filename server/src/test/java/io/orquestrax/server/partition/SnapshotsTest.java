package io.orquestrax.server.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.engine.state.SnapshotCodec;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.SnapshotRow;
import io.orquestrax.store.journal.Consequences;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private static final UUID ID = new UUID(1, 2);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Snapshots snapshots = new Snapshots(10, registry);
    private final SnapshotPace pace = new SnapshotPace();
    private InstanceState state = InstanceState.unborn(ID);

    @Test
    void takesOneAfterEveryIntervalOfEvents() {
        start("{}");
        for (long sequence = 2; sequence < 10; sequence++) {
            assertThat(write(suspendOrResume()).snapshots()).isEmpty();
        }

        SnapshotRow taken = write(suspendOrResume()).snapshots().getFirst();

        assertThat(taken.sequence()).isEqualTo(10);
        assertThat(SnapshotCodec.decode(ID, taken.state())).isEqualTo(state);
        assertThat(write(suspendOrResume()).snapshots()).isEmpty();
    }

    @Test
    void waitsForAsManyBytesAsALargeStateHas() {
        start("\"" + "x".repeat(100_000) + "\"");
        pace.taken(100_000);

        pace.wrote(Collections.nCopies(20, row("{}")));
        assertThat(pace.isDue(10)).isFalse();
        pace.wrote(List.of(row("\"" + "y".repeat(100_000) + "\"")));

        assertThat(pace.isDue(10)).isTrue();
    }

    @Test
    void removesTheSnapshotOfACompletedInstance() {
        start("{}");
        pace.taken(10);

        assertThat(write(new Event.InstanceCompleted(Json.NODES.objectNode())).forgotten())
                .containsExactly(ID);
    }

    @Test
    void keepsTheSnapshotOfAFaultedInstanceForARetry() {
        start("{}");
        pace.taken(10);
        WorkflowError error = new WorkflowError("https://example.com/e", 500, null, null, null);

        assertThat(write(new Event.InstanceFaulted(error)).isEmpty()).isTrue();
    }

    @Test
    void writesNothingAtTheEndOfAShortInstance() {
        start("{}");

        assertThat(write(new Event.InstanceCompleted(Json.NODES.objectNode())).isEmpty())
                .isTrue();
    }

    @Test
    void tellsOfALongHistoryWheneverItHasDoubled() {
        start("{}");
        writeUntil(99_999);
        assertThat(told()).isZero();
        writeUntil(199_999);
        assertThat(told()).isEqualTo(1);
        writeUntil(399_999);
        assertThat(told()).isEqualTo(2);
        writeUntil(400_000);
        assertThat(told()).isEqualTo(3);
    }

    private double told() {
        return registry.get("orquestrax.histories.long").counter().count();
    }

    private void writeUntil(long sequence) {
        while (state.sequence() < sequence) {
            write(suspendOrResume());
        }
    }

    private void start(String input) {
        write(new Event.InstanceStarted(
                new DefinitionId("test", "long", "1.0.0"),
                "hash",
                null,
                Json.readTrusted(input),
                null,
                Map.of(),
                "tester",
                null));
    }

    private Event suspendOrResume() {
        return state.isOpen() ? new Event.InstanceSuspended("tester", null) : new Event.InstanceResumed("tester", null);
    }

    private Consequences write(Event event) {
        RecordedEvent recorded = new RecordedEvent(state.sequence() + 1, NOON, event);
        InstanceState before = state;
        state = state.evolve(recorded);
        return snapshots.with(Consequences.NONE, pace, before, state, List.of(InstanceRows.event(ID, recorded)));
    }

    private static EventRow row(String data) {
        return new EventRow(ID, 1, NOON, "InstanceResumed", null, 0, 0, data);
    }
}

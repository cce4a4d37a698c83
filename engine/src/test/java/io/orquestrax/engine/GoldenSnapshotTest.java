package io.orquestrax.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.engine.state.SnapshotCodec;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Snapshots as releases wrote them, one after each event of the golden histories. A file here is never changed: where one
 * cannot be read any more, or says something else, {@link SnapshotCodec#VERSION} is to be raised.
 */
class GoldenSnapshotTest {
    private static final UUID ID = GoldenHistoryTest.ID;

    @ParameterizedTest
    @MethodSource("io.orquestrax.engine.GoldenHistoryTest#names")
    void readsTheSnapshotsOfItsVersion(String name) {
        List<String> history = GoldenHistoryTest.lines("/histories/" + name + ".jsonl");
        List<String> snapshots =
                GoldenHistoryTest.lines("/snapshots/v" + SnapshotCodec.VERSION + "/" + name + ".jsonl");
        assertThat(snapshots).hasSize(history.size() - 1);

        InstanceState state = InstanceState.unborn(ID);
        for (int index = 0; index < snapshots.size(); index++) {
            state = state.evolve(GoldenHistoryTest.event(Json.readTrusted(history.get(index))));
            assertThat(SnapshotCodec.decode(ID, snapshots.get(index))).isEqualTo(state);
        }
    }

    @Test
    void writesWhatManyActivationsShareOnce() {
        String input = "{\"text\":\"" + "x".repeat(10_000) + "\"}";
        TestingInstance instance = TestingInstance.of("""
                do:
                - all:
                    fork:
                      branches:
                      - one: {call: a}
                      - two: {call: b}
                      - three: {call: c}
                """).start(input);

        assertThat(SnapshotCodec.encode(instance.state(), 2 * input.length())).isPresent();
    }

    @Test
    void isEmptyWhereItWouldBeTooLong() {
        TestingInstance instance = TestingInstance.of("do:\n- one: {call: a}\n").start("{\"n\":1}");
        String text = SnapshotCodec.encode(instance.state(), 10_000).orElseThrow();

        assertThat(SnapshotCodec.encode(instance.state(), text.length())).contains(text);
        assertThat(SnapshotCodec.encode(instance.state(), text.length() - 1)).isEmpty();
    }

    @Test
    void refusesWhatIsNoSnapshot() {
        String text = SnapshotCodec.encode(InstanceState.unborn(ID), 1_000).orElseThrow();

        for (String damaged : List.of(
                "",
                "{}",
                "[]",
                text.substring(1),
                "[{\"sequence\":1}]",
                text.replace("\"context\":1", "\"context\":9"))) {
            assertThatThrownBy(() -> SnapshotCodec.decode(ID, damaged))
                    .as(damaged)
                    .isInstanceOf(RuntimeException.class);
        }
    }
}

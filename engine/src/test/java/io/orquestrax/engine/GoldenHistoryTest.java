package io.orquestrax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.event.EventCodec;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories as earlier releases wrote them: one row a line, and last the state that they must fold to. */
class GoldenHistoryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retried-payment",
                "suspended-and-resumed",
                "faulted-and-retried",
                "loops-and-branches",
                "heard-and-told",
                "parent-and-child"
            })
    void foldsToTheStateOfItsRelease(String name) throws IOException {
        List<String> lines = lines(name);
        InstanceState state = InstanceState.unborn(UUID.fromString("019a0000-0000-7000-8000-000000000001"));
        for (String line : lines.subList(0, lines.size() - 1)) {
            state = state.evolve(event(Json.read(line)));
        }

        assertThat(state.toString()).isEqualTo(lines.getLast());
    }

    private static RecordedEvent event(JsonNode row) {
        return new RecordedEvent(
                row.path("sequence").asLong(),
                Instant.parse(row.path("time").asText()),
                EventCodec.decode(
                        row.path("type").asText(),
                        row.hasNonNull("task") ? row.path("task").asText() : null,
                        row.path("activation").asLong(),
                        row.path("attempt").asInt(),
                        row.path("data").toString()));
    }

    private static List<String> lines(String name) throws IOException {
        String resource = "/histories/" + name + ".jsonl";
        try (InputStream stream = GoldenHistoryTest.class.getResourceAsStream(resource)) {
            assertThat(stream).as(resource).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}

package io.orquestrax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.event.EventCodec;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories as earlier releases wrote them: one row a line, and last the state that they must fold to. */
class GoldenHistoryTest {

    static final UUID ID = UUID.fromString("019a0000-0000-7000-8000-000000000001");

    static Stream<String> names() {
        return Stream.of(
                "retried-payment",
                "suspended-and-resumed",
                "faulted-and-retried",
                "loops-and-branches",
                "heard-and-told",
                "parent-and-child");
    }

    @ParameterizedTest
    @MethodSource("names")
    void foldsToTheStateOfItsRelease(String name) {
        List<String> lines = lines("/histories/" + name + ".jsonl");
        InstanceState state = InstanceState.unborn(ID);
        for (String line : lines.subList(0, lines.size() - 1)) {
            state = state.evolve(event(Json.readTrusted(line)));
        }

        assertThat(state.toString()).isEqualTo(lines.getLast());
    }

    static RecordedEvent event(JsonNode row) {
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

    static List<String> lines(String resource) {
        try (InputStream stream = GoldenHistoryTest.class.getResourceAsStream(resource)) {
            assertThat(stream).as(resource).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

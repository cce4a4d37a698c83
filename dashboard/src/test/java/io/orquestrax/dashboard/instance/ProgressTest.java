package io.orquestrax.dashboard.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void showsTheLastLinesThatAProcessWrote() {
        String written = IntStream.rangeClosed(1, 30).mapToObj(n -> "line " + n).collect(Collectors.joining("\n"));

        assertThat(Progress.of(Json.NODES.objectNode().put("message", "line 30").put("stdout", written)))
                .isEqualTo(new Progress(
                        null,
                        "",
                        IntStream.rangeClosed(21, 30).mapToObj(n -> "line " + n).collect(Collectors.joining("\n"))));
    }

    @Test
    void showsNumbersAndMessages() {
        assertThat(Progress.of(Json.readTrusted("{\"done\":3,\"total\":4,\"message\":\"rows\"}")))
                .isEqualTo(new Progress(75, "3 of 4, rows"));
        assertThat(Progress.of(Json.readTrusted("0.5"))).isEqualTo(new Progress(50, ""));
    }
}

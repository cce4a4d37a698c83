package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.instance.InstanceRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process writes, on the page of its instance while it runs. */
@Timeout(120)
class ProcessOutputTest {

    @Test
    void theLinesOfAProcessComeToThePageBeforeItEnds(@TempDir Path directory) throws Exception {
        Path gate = directory.resolve("gate");
        try (TestingDashboard dashboard = new TestingDashboard(directory, "shell")) {
            dashboard.deploy("""
                    document: {dsl: '1.0.3', namespace: tests, name: writing, version: '1.0.0'}
                    do:
                    - write:
                        run:
                          shell:
                            command: |
                              echo '<b>line one</b>'
                              until [ -e "$1.1" ]; do sleep 0.05; done
                              echo line two
                              until [ -e "$1.2" ]; do sleep 0.05; done
                            arguments: ['%s']
                    """.formatted(gate));
            InstanceRow instance = dashboard.start("writing", null, "{}", Map.of());
            try (TestingStream stream = dashboard.stream("/instances/" + instance.id() + "/live")) {
                String line = stream.await("line one");
                assertThat(line).contains("&lt;b&gt;line one").doesNotContain("<b>line");

                Files.writeString(directory.resolve("gate.1"), "");
                stream.await("line two");
                assertThat(dashboard.get("/instances/" + instance.id()).body()).contains("line two");

                Files.writeString(directory.resolve("gate.2"), "");
                stream.await("mark-completed");
            }
        }
    }
}

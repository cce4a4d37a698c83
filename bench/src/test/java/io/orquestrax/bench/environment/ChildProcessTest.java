package io.orquestrax.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orquestrax.cli.command.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir
    private Path directory;

    @Test
    void tellsWhyAProcessWasNeverReady() {
        ChildProcess child = ChildProcess.start(
                "node-7", directory, List.of("sh", "-c", "echo first; echo 'the port is taken' >&2; exit 3"), "Ready");

        CommandFailure failure =
                catchThrowableOfType(CommandFailure.class, () -> child.awaitReady(Duration.ofMinutes(1)));

        assertThat(failure).hasMessageContainingAll("node-7", "it ended with 3");
        assertThat(failure.below()).contains("the port is taken");
    }
}

package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run gives all that its processes wrote, or fails. */
@Timeout(120)
class WholeOutputTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(ProcessRemainsTest.Way.class)
    void whatWasWrittenCanBeReadAfterTheEnd(ProcessRemainsTest.Way way) throws Exception {
        try (Machine machine = ProcessRemainsTest.machine(way)) {
            RunningProcess running =
                    machine.start(List.of("/bin/sh", "-c", "echo out; echo err >&2"), Map.of(), directory);
            running.process().waitFor();

            running.end();

            assertThat(running.process().getInputStream().readAllBytes())
                    .asString()
                    .isEqualTo("out\n");
            assertThat(running.process().getErrorStream().readAllBytes())
                    .asString()
                    .isEqualTo("err\n");
        }
    }

    @Test
    void whatCannotBeReadIsNoEnd() throws Exception {
        InputStream half = new SequenceInputStream(stream("half"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Stream closed");
            }
        });

        assertThat(Captured.of(half, 100).awaitEnd(PATIENCE)).isFalse();
        assertThat(Captured.of(stream("whole"), 100).awaitEnd(PATIENCE)).isTrue();
        assertThat(Captured.of(stream("too much"), 3).awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void failsWhereSomethingThatEscapedHoldsTheOutput() throws Exception {
        Path escaped = directory.resolve("escaped");
        String command =
                "env -i sleep 100 & until ! grep -q ORQUESTRAX_RUN /proc/$!/environ; do :; done; echo $! >escaped";
        List<String> base = Confinement.dieWithParent(Tools.ofThisProcess()).orElseThrow();
        // In no group: what escaped would keep it.
        try (Machine machine = new Machine(ProcessRemainsTest.LIMITS, new Confinement(base, List.of(), false, null))) {
            Runner runner = new Runner(
                    machine, new CallSecrets(name -> Optional.empty()).redaction(), _ -> {}, Duration.ofMillis(100));

            ConnectorFailure failure = catchThrowableOfType(
                    ConnectorFailure.class,
                    () -> runner.run(
                            new Command(List.of("/bin/sh", "-c", "(" + command + ")"), Map.of(), new byte[0]),
                            directory));

            assertThat(failure.error().title()).isEqualTo("Output not read");
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(escaped).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.orquestrax.bench.torture.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.bench.torture.load.ExecutionLog.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionLogTest {
    private static final String JOB = "01a22ae7-8f55-70d3-b1e4-d1d9c8dc84c4.3.2";

    @TempDir
    private Path directory;

    @Test
    void remembersOverLivesAndForgetsHalfALine() throws Exception {
        try (ExecutionLog log = ExecutionLog.open(directory, "worker-1")) {
            log.begin(JOB);
        }
        Files.writeString(directory.resolve("worker-1.executions"), "01a22ae7-8f55\n", StandardOpenOption.APPEND);
        try (ExecutionLog log = ExecutionLog.open(directory, "worker-1")) {
            log.begin(JOB);
        }

        assertThat(ExecutionLog.read(directory))
                .containsExactly(new Execution(JOB, "worker-1"), new Execution(JOB, "worker-1"))
                .allSatisfy(execution -> {
                    assertThat(execution.instance()).isEqualTo("01a22ae7-8f55-70d3-b1e4-d1d9c8dc84c4");
                    assertThat(execution.activation()).isEqualTo(3);
                    assertThat(execution.attempt()).isEqualTo(2);
                });
    }

    @Test
    void anInterruptedHandlerDoesNotCloseIt() throws Exception {
        try (ExecutionLog log = ExecutionLog.open(directory, "worker-1")) {
            Thread.currentThread().interrupt();
            log.begin(JOB);
            assertThat(Thread.interrupted()).isTrue();
            log.begin(JOB);
        }

        assertThat(ExecutionLog.read(directory)).hasSize(2);
    }
}

package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipesTest {
    private static final int MAX_BYTES = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Process> silent = new ArrayList<>();

    @AfterEach
    void end() {
        silent.forEach(Process::destroyForcibly);
    }

    @Test
    void manySilentProcessesHoldUpNoVirtualThread() throws Exception {
        for (int count = 0; count < 2 * Runtime.getRuntime().availableProcessors(); count++) {
            Process process = start();
            Captured.of(process.getInputStream(), MAX_BYTES);
            Captured.of(process.getErrorStream(), MAX_BYTES);
            Process other = start();
            Thread.ofVirtual().start(() -> readByte(other));
        }
        CountDownLatch done = new CountDownLatch(1);

        Thread.ofVirtual().start(() -> Thread.ofVirtual().start(done::countDown));

        assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readsOnThreadsOfTheSystem() {
        CompletableFuture<Boolean> ofOutput = new CompletableFuture<>();
        CompletableFuture<Boolean> ofConversation = new CompletableFuture<>();

        Captured.of(
                new InputStream() {
                    @Override
                    public int read() {
                        ofOutput.complete(Thread.currentThread().isVirtual());
                        return -1;
                    }
                },
                MAX_BYTES);
        Thread.ofVirtual().start(() -> {
            try {
                ofConversation.complete(
                        Pipes.await("test", () -> Thread.currentThread().isVirtual()));
            } catch (IOException failed) {
                ofConversation.completeExceptionally(failed);
            }
        });

        assertThat(ofOutput).succeedsWithin(PATIENCE).isEqualTo(false);
        assertThat(ofConversation).succeedsWithin(PATIENCE).isEqualTo(false);
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder("sleep", "120").start();
        silent.add(process);
        return process;
    }

    private static void readByte(Process process) {
        try {
            int read = Pipes.await("test", process.getInputStream()::read);
            assertThat(read).isNegative();
        } catch (IOException closed) {
            // The test is over.
            return;
        }
    }
}

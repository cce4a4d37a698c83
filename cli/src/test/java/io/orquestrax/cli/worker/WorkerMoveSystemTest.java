package io.orquestrax.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.cli.testing.TestingCluster;
import io.orquestrax.cli.testing.TestingCluster.Member;
import io.orquestrax.sdk.ConnectedWorker;
import io.orquestrax.sdk.Instance;
import io.orquestrax.sdk.InstanceStatus;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.worker.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker and two nodes that are processes: it serves both, and goes on with its jobs where one of them goes. */
class WorkerMoveSystemTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int INSTANCES = 24;
    private static final String DEFINITION = """
            document:
              dsl: '1.0.0'
              namespace: test
              name: move
              version: '1.0.0'
            do:
              - work:
                  call: work
            """;

    @TempDir
    private Path directory;

    private final Map<String, AtomicInteger> executions = new ConcurrentHashMap<>();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private TestingCluster cluster;
    private Member stays;
    private Member goes;

    @BeforeEach
    void startCluster() throws Exception {
        cluster = TestingCluster.start(directory);
        stays = cluster.startNode();
        goes = cluster.startNode();
        try (OrquestraxClient client = OrquestraxClient.connect(stays.address())) {
            assertThat(client.deploy(DEFINITION).created()).isTrue();
            await(() -> client.cluster().nodes().stream()
                            .filter(node -> !node.partitions().isEmpty())
                            .count()
                    == 2);
        }
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    private Worker worker() throws Exception {
        Worker worker = Worker.builder(goes.address())
                .name("wanderer")
                .capacity(INSTANCES)
                .handler("work", (input, context) -> {
                    executions
                            .computeIfAbsent(context.jobId(), id -> new AtomicInteger())
                            .incrementAndGet();
                    mayEnd.await();
                    return input;
                })
                .build()
                .start();
        assertThat(worker.awaitConnected(LIMIT)).isTrue();
        return worker;
    }

    @Test
    void aWorkerServesBothNodesAndTakesItsJobsAlongWhenItsNodeIsKilled() throws Exception {
        try (Worker _ = worker();
                OrquestraxClient client = OrquestraxClient.connect(stays.address())) {
            List<String> instances = start(client);
            await(() -> executions.size() == INSTANCES);
            assertThat(client.workers())
                    .filteredOn(worker -> worker.name().equals("wanderer"))
                    .extracting(ConnectedWorker::running)
                    .containsExactly(INSTANCES);

            List<String> before = nodesOf(client);
            goes.kill();
            awaitMove(client, before);
            mayEnd.countDown();

            check(client, instances);
        }
    }

    @Test
    void aNodeThatStopsFailsAndRepeatsNoJobOfItsWorkers() throws Exception {
        try (Worker _ = worker();
                OrquestraxClient client = OrquestraxClient.connect(stays.address())) {
            List<String> instances = start(client);
            await(() -> executions.size() == INSTANCES);

            List<String> before = nodesOf(client);
            goes.process().terminate();
            awaitMove(client, before);
            assertThat(goes.process().awaitExit(LIMIT)).isNotNegative();
            mayEnd.countDown();

            check(client, instances);
        }
    }

    private static List<String> start(OrquestraxClient client) {
        List<String> instances = new ArrayList<>();
        for (int number = 0; number < INSTANCES; number++) {
            instances.add(client.start("test", "move", Map.of("number", number)).id());
        }
        return instances;
    }

    private static void awaitMove(OrquestraxClient client, List<String> before) throws Exception {
        assertThat(before).hasSize(1);
        await(() -> {
            List<String> now = nodesOf(client);
            return now.size() == 1 && !now.equals(before);
        });
    }

    /** The nodes that the worker is connected to, as far as is known. */
    private static List<String> nodesOf(OrquestraxClient client) {
        return client.workers().stream()
                .filter(worker -> worker.name().equals("wanderer"))
                .map(ConnectedWorker::node)
                .toList();
    }

    private void check(OrquestraxClient client, List<String> instances) {
        for (String id : instances) {
            Instance closed = client.await(id, LIMIT);
            assertThat(closed.status()).isEqualTo(InstanceStatus.COMPLETED);
        }
        assertThat(executions).hasSize(INSTANCES);
        assertThat(executions.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within " + LIMIT).isLessThan(deadlineNanos);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}

package io.orquestrax.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.cli.testing.TestingCluster;
import io.orquestrax.cli.testing.TestingCluster.Member;
import io.orquestrax.cli.testing.TestingJar;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.worker.JobHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node and workers are killed while instances run; nothing that was acknowledged is lost, and nothing counts twice. */
class TortureSystemTest {
    private static final int INSTANCES = 2_000;
    private static final int KILLS_OF_EACH = 3;
    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String DEFINITION = """
            document:
              dsl: '1.0.3'
              namespace: test
              name: torture
              version: '1.0.0'
            do:
              - one:
                  call: first
              - two:
                  call: second
              - three:
                  call: third
            """;

    @TempDir
    private Path directory;

    @Test
    void keepsEveryPromiseWhileEverythingIsKilled() throws Exception {
        long seed = Long.getLong("orquestrax.seed", System.nanoTime());
        System.out.println("TortureSystemTest: -Dorquestrax.seed=" + seed);
        Path jar = TestingJar.ofService(
                directory.resolve("handlers.jar"), JobHandlers.class, List.of(TrivialHandlers.class));
        try (TestingCluster cluster = TestingCluster.start(directory)) {
            Member node = cluster.startNode();
            deploy(node);
            List<Member> members = List.of(
                    node,
                    cluster.startWorker("worker-1", jar, 64, node),
                    cluster.startWorker("worker-2", jar, 64, node));
            Map<String, Integer> acknowledged = startAndKill(members, seed);
            try (Connection connection = cluster.connect()) {
                Ledger ledger = new Ledger(connection);
                await(() -> ledger.openInstances() == 0);
                check(ledger, acknowledged);
            }
        }
    }

    private static void deploy(Member node) {
        try (OrquestraxClient client = OrquestraxClient.connect(node.address())) {
            assertThat(client.deploy(DEFINITION).created()).isTrue();
        }
    }

    private static Map<String, Integer> startAndKill(List<Member> members, long seed) throws Exception {
        try (StartingClients clients = new StartingClients(members.getFirst().address(), INSTANCES)) {
            for (KillPlan.Kill kill : KillPlan.draw(seed, members.size(), KILLS_OF_EACH, INSTANCES)
                    .kills()) {
                await(() -> clients.acknowledgedCount() >= kill.afterStarts());
                Member victim = members.get(kill.member());
                victim.kill();
                victim.start();
                if (victim == members.getFirst()) {
                    victim.awaitReady();
                }
            }
            await(clients::isDone);
            return clients.acknowledged();
        }
    }

    private static void check(Ledger ledger, Map<String, Integer> acknowledged) throws SQLException {
        Map<String, String> statuses = ledger.statuses();
        assertThat(acknowledged.values()).hasSizeGreaterThanOrEqualTo(INSTANCES);
        assertThat(statuses.keySet()).as("no acknowledged start is missing").containsAll(acknowledged.keySet());
        assertThat(statuses)
                .as("every instance completed")
                .allSatisfy((id, status) -> assertThat(status).isEqualTo("completed"));
        assertThat(ledger.brokenHistories()).as("histories without gaps").isEmpty();
        assertThat(ledger.wrongCompletions())
                .as("each activation completed exactly once")
                .isEmpty();
        assertThat(ledger.wrongOutputs()).as("each output is its input's").isEmpty();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within " + LIMIT).isLessThan(deadline);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}

package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForgetfulNodeTest {
    private final TestingDatabase database = TestingPostgres.freshDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void runsAnInstanceThatItForgetsAfterEveryDecision() {
        try (TestingNode node = TestingNode.forgetful(database)) {
            node.deploy("child", "- answer:\n    set:\n      doubled: ${ .n * 2 }");
            node.deploy("parent", """
                    - nap:
                        wait: PT0.5S
                    - charge:
                        call: charge-card
                    - each:
                        for:
                          in: ${ [1, 2, 3] }
                          each: n
                        do:
                          - childRun:
                              run:
                                workflow:
                                  namespace: test
                                  name: child
                                  version: '1.0.0'
                                  input: { n: '${ $n }' }
                    """);
            UUID id = node.start("parent").id();
            TestingNode.until("it left memory", () -> node.meter("orquestrax.instances.resident") == 0);
            JobAssignment job = node.dispatcher()
                    .activate(Set.of("charge-card"), "till", 1, Duration.ofSeconds(20), Duration.ofMinutes(1))
                    .join()
                    .getFirst();
            TestingNode.until("it left memory", () -> node.meter("orquestrax.instances.resident") == 0);
            node.dispatcher().complete(job.id(), Json.readTrusted("1")).join();

            InstanceRow closed = node.awaitClosed(id);

            assertThat(closed.status()).isEqualTo(Status.COMPLETED);
            assertThat(closed.output()).isEqualTo("{\"doubled\":6}");
            assertThat(node.count("orquestrax.snapshots.taken")).isPositive();
        }
    }
}

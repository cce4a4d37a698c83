package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChildrenOnNodeTest {
    private final TestingDatabase database = TestingPostgres.freshDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aParentGoesOnWithTheOutputOfItsChild() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("child", "- answer:\n    set:\n      doubled: ${ .n * 2 }");
            node.deploy("parent", run("child", "{ n: 21 }"));

            InstanceRow parent = node.awaitClosed(node.start("parent").id());

            assertThat(parent.status()).isEqualTo(Status.COMPLETED);
            assertThat(parent.output()).isEqualTo("{\"doubled\":42}");
            InstanceRow child = children(node, parent.id()).getFirst();
            assertThat(child.origin())
                    .isInstanceOfSatisfying(
                            Origin.Parent.class,
                            origin -> assertThat(origin.instance()).isEqualTo(parent.id()));
        }
    }

    @Test
    void aParentFaultsWithItsChildAndWhereThereIsNoDefinitionForIt() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy(
                    "child",
                    "- fail:\n    raise:\n      error:\n        type: https://example.com/broken\n        status: 418\n");
            node.deploy("parent", run("child", "{}"));
            node.deploy("lonely", run("nowhere", "{}"));

            InstanceRow failed = node.awaitClosed(node.start("parent").id());
            InstanceRow lonely = node.awaitClosed(node.start("lonely").id());

            assertThat(failed.status()).isEqualTo(Status.FAULTED);
            assertThat(failed.error()).contains("https://example.com/broken").contains("418");
            assertThat(lonely.status()).isEqualTo(Status.FAULTED);
            assertThat(lonely.error()).contains("configuration").contains("test/nowhere");
        }
    }

    @Test
    void grandchildrenAreCancelledWithTheirGrandparent() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("grandchild", "- charge:\n    call: charge-card");
            node.deploy("child", run("grandchild", "{}"));
            node.deploy("parent", run("child", "{}"));
            UUID parent = node.start("parent").id();
            UUID child = onlyChild(node, parent);
            UUID grandchild = onlyChild(node, child);

            node.orchestration().cancel(TestingNode.CALLER, parent, "enough").join();

            assertThat(node.awaitClosed(child).status()).isEqualTo(Status.CANCELLED);
            assertThat(node.awaitClosed(grandchild).status()).isEqualTo(Status.CANCELLED);
        }
    }

    @Test
    void aParentWaitsForItsChildOverARestart() {
        UUID parent;
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("child", "- charge:\n    call: charge-card");
            node.deploy("parent", run("child", "{}"));
            parent = node.start("parent").id();
            onlyChild(node, parent);
            assertThat(node.instance(parent).status()).isEqualTo(Status.WAITING);
        }
        try (TestingNode node = TestingNode.on(database)) {
            JobAssignment job = node.dispatcher()
                    .activate(Set.of("charge-card"), "till", 1, Duration.ofSeconds(20), Duration.ofMinutes(1))
                    .join()
                    .getFirst();
            node.dispatcher().complete(job.id(), Json.readTrusted("\"paid\"")).join();

            InstanceRow closed = node.awaitClosed(parent);

            assertThat(closed.status()).isEqualTo(Status.COMPLETED);
            assertThat(closed.output()).isEqualTo("\"paid\"");
        }
    }

    @Test
    void hundredsOfChildrenOfOneParentEachRunOnce() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("child", "- answer:\n    set:\n      n: ${ .n }");
            node.deploy(
                    "parent",
                    "- each:\n    for:\n      in: ${ [range(300)] }\n      each: n\n    do:\n"
                            + run("child", "{ n: '${ $n }' }").indent(4));

            InstanceRow parent = node.awaitClosed(node.start("parent").id());

            assertThat(parent.status()).isEqualTo(Status.COMPLETED);
            assertThat(parent.output()).isEqualTo("{\"n\":299}");
            assertThat(children(node, parent.id())).hasSize(300).allMatch(child -> child.status() == Status.COMPLETED);
        }
    }

    private static String run(String child, String input) {
        return """
                - %s:
                    run:
                      workflow:
                        namespace: test
                        name: %s
                        version: '1.0.0'
                        input: %s
                """.formatted(child + "Run", child, input);
    }

    private static UUID onlyChild(TestingNode node, UUID parent) {
        TestingNode.until("the child has started", () -> children(node, parent).size() == 1);
        return children(node, parent).getFirst().id();
    }

    private static List<InstanceRow> children(TestingNode node, UUID parent) {
        return new ArrayList<>(node.orchestration()
                .instances(TestingNode.CALLER, new InstanceFilter(Set.of(), null, null, null, parent), 1000, null)
                .items());
    }
}

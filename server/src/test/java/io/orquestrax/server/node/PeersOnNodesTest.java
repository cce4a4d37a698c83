package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.OwnId;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.orchestration.Started;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes in one JVM on one database, with links between them: a caller of one need not know of the other. */
class PeersOnNodesTest {
    private static final int PARTITIONS = 8;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String NAP = "- nap:\n    wait: PT1H";
    private static final Settings SETTINGS = Settings.load(
            null,
            Map.of(),
            Map.of(
                    "partitions", String.valueOf(PARTITIONS),
                    "cluster.heartbeat", "200ms",
                    "cluster.stale-after", "2s",
                    // So that a start is answered with an end that comes within 15 s.
                    "cluster.call-patience", "60s"));

    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final List<TestingNode> nodes = new CopyOnWriteArrayList<>();
    private final TestingNode a = join();
    private final TestingNode b = join();

    @BeforeEach
    void share() {
        awaitShares(a, b);
        a.deploy("nap", NAP);
    }

    @AfterEach
    void close() {
        nodes.forEach(TestingNode::close);
        database.close();
    }

    @Test
    void aCallMayArriveAtAnyNode() {
        InstanceRow started = startedAt(b, a);
        UUID id = started.id();

        assertThat(started.status()).isEqualTo(Status.WAITING);
        assertThat(started.input()).isEqualTo("{}");
        assertThat(join(a.orchestration().suspend(TestingNode.CALLER, id, null)).status())
                .isEqualTo(Status.SUSPENDED);
        assertThat(join(a.orchestration().resume(TestingNode.CALLER, id, null)).status())
                .isEqualTo(Status.WAITING);
        TestingNode.assertCode(
                a.orchestration().resume(TestingNode.CALLER, id, null), ErrorCode.INSTANCE_NOT_SUSPENDED);
        assertThat(join(a.orchestration().cancel(TestingNode.CALLER, id, "enough"))
                        .status())
                .isEqualTo(Status.CANCELLED);
        TestingNode.assertCode(a.orchestration().suspend(TestingNode.CALLER, id, null), ErrorCode.INSTANCE_CLOSED);
        TestingNode.assertCode(
                a.orchestration().cancel(TestingNode.CALLER, UUID.randomUUID(), null), ErrorCode.INSTANCE_NOT_FOUND);
    }

    @Test
    void aRepeatedStartIsTheSameInstanceOnAnyNode() {
        List<UUID> ids = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            ids.add(startWithKey(a, "key" + number, true));
        }
        for (int number = 0; number < 40; number++) {
            assertThat(startWithKey(b, "key" + number, false)).isEqualTo(ids.get(number));
        }
        assertThat(ids).anyMatch(id -> isServedBy(a, id)).anyMatch(id -> isServedBy(b, id));
    }

    @Test
    void aFaultedInstanceIsRetriedFromAnyNode() {
        a.deploy("failing", "- fail:\n    raise:\n      error: {type: 'https://x.example/e', status: 500}");
        UUID id = IntStream.range(0, 200)
                .mapToObj(number -> a.start("failing").id())
                .filter(started -> isServedBy(b, started))
                .findFirst()
                .orElseThrow();

        join(a.orchestration().retry(TestingNode.CALLER, id, "again"));

        assertThat(types(id).stream().filter("InstanceRetried"::equals)).hasSize(1);
        assertThat(a.awaitClosed(id).status()).isEqualTo(Status.FAULTED);
    }

    @Test
    void theEndIsToldOnAnyNode() {
        UUID id = startedAt(b, a).id();
        List<String> seen = new CopyOnWriteArrayList<>();
        AtomicInteger missed = new AtomicInteger();
        // Only the first who watches it here asks its owner, and hears from when on it is told.
        var _ = a.services()
                .commits()
                .watch(id, change -> change.events().forEach(event -> seen.add(event.type())), missed::incrementAndGet);
        TestingNode.until("the owner tells", () -> missed.get() > 0);
        CompletableFuture<InstanceRow> end = a.orchestration().await(TestingNode.CALLER, id, LONG);

        join(b.orchestration().suspend(TestingNode.CALLER, id, null));
        join(b.orchestration().resume(TestingNode.CALLER, id, null));
        join(b.orchestration().cancel(TestingNode.CALLER, id, null));

        assertThat(join(end).status()).isEqualTo(Status.CANCELLED);
        TestingNode.until("all is told", () -> seen.contains("InstanceCancelled"));
        assertThat(seen).containsExactly("InstanceSuspended", "InstanceResumed", "InstanceCancelled");
    }

    @Test
    void theOwnerWaitsForTheEndOfWhatItWasAskedToRun() {
        OwnId own = new OwnId(idOf(b), false);
        StartRequest request = new StartRequest("test", "nap", null, null, Json.NODES.objectNode(), Map.of(), own);

        CompletableFuture<InstanceRow> end = a.orchestration().run(TestingNode.CALLER, request, LONG);
        TestingNode.until("the owner waits", () -> b.services().commits().isWanted(own.id(), null, true));
        assertThat(a.services().commits().isWanted(own.id(), null, true)).isFalse();
        assertThat(end).isNotDone();
        join(b.orchestration().cancel(TestingNode.CALLER, own.id(), null));

        assertThat(join(end).status()).isEqualTo(Status.CANCELLED);
        assertThat(b.services().commits().isWanted(own.id(), null, true)).isFalse();
    }

    @Test
    void aWaiterDoesNotNoticeATakeover() {
        UUID id = startedAt(b, a).id();
        UUID other = startedAt(b, a).id();
        CompletableFuture<InstanceRow> end = a.orchestration().await(TestingNode.CALLER, id, LONG);
        CompletableFuture<InstanceRow> otherEnd = a.orchestration().await(TestingNode.CALLER, other, LONG);
        TestingNode c = join();
        awaitShares(a, b, c);

        // Whoever has it now, or while it changes hands.
        CompletableFuture<InstanceRow> cancelled = a.orchestration().cancel(TestingNode.CALLER, id, null);
        nodes.remove(b);
        b.kill();
        CompletableFuture<InstanceRow> cancelledToo = a.orchestration().cancel(TestingNode.CALLER, other, null);

        assertThat(join(cancelled).status()).isEqualTo(Status.CANCELLED);
        assertThat(join(cancelledToo).status()).isEqualTo(Status.CANCELLED);
        assertThat(join(end).status()).isEqualTo(Status.CANCELLED);
        assertThat(join(otherEnd).status()).isEqualTo(Status.CANCELLED);
        b.close();
    }

    /** Where a message waited for the sweep at half of the steps, this would take minutes. */
    @Test
    void messagesAreHandledAtOnceOnWhicheverNode() {
        a.deploy("depth0", "- done:\n    set: {deep: true}");
        int depth = 12;
        for (int level = 1; level <= depth; level++) {
            a.deploy("depth" + level, """
                    - down:
                        run:
                          workflow: {namespace: test, name: depth%s, version: '1.0.0'}
                    """.formatted(level - 1));
        }

        InstanceRow end = a.awaitClosed(a.start("depth" + depth).id());

        assertThat(end.status()).isEqualTo(Status.COMPLETED);
        assertThat(end.output()).isEqualTo("{\"deep\":true}");
    }

    @Test
    void aDeploymentIsKnownOnEveryNodeWhenItReturns() {
        assertThat(b.start("nap").definition().version()).isEqualTo("1.0.0");

        for (int minor = 1; minor <= 5; minor++) {
            String version = "1." + minor + ".0";
            a.orchestration().deploy(TestingNode.CALLER, """
                    document: {dsl: '1.0.0', namespace: test, name: nap, version: '%s'}
                    do: [{nap: {wait: PT1H}}]
                    """.formatted(version).getBytes(StandardCharsets.UTF_8));
            assertThat(b.start("nap").definition().version()).isEqualTo(version);
        }
    }

    @Test
    void changesOfSchedulesAndEventsAreToldOnAllNodes() {
        AtomicInteger schedules = new AtomicInteger();
        AtomicInteger events = new AtomicInteger();
        b.services().schedules().watch(schedules::incrementAndGet);
        b.services().events().watch(events::incrementAndGet);

        a.services().schedules().publish();
        a.services().events().publish();

        TestingNode.until("both are told", () -> schedules.get() > 0 && events.get() > 0);
    }

    private TestingNode join() {
        TestingNode node = TestingNode.on(database, SETTINGS);
        nodes.add(node);
        return node;
    }

    private static void awaitShares(TestingNode... sharing) {
        TestingNode.until("all have a share", () -> {
            int served = 0;
            for (TestingNode node : sharing) {
                int share = node.partitions().serving().size();
                if (share == 0) {
                    return false;
                }
                served += share;
            }
            return served == PARTITIONS;
        });
    }

    /** One that a node was asked for, and another one decides. */
    private static InstanceRow startedAt(TestingNode owner, TestingNode asked) {
        return IntStream.range(0, 200)
                .mapToObj(number -> asked.start("nap"))
                .filter(row -> isServedBy(owner, row.id()))
                .findFirst()
                .orElseThrow();
    }

    private static UUID idOf(TestingNode owner) {
        UuidSequence ids = new UuidSequence(Clock.systemUTC());
        return Stream.generate(ids::next)
                .filter(id -> isServedBy(owner, id))
                .findFirst()
                .orElseThrow();
    }

    private static UUID startWithKey(TestingNode node, String key, boolean isNew) {
        Started started = join(node.orchestration().start(TestingNode.CALLER, TestingNode.request("nap", key, "{}")));
        assertThat(started.isNew()).isEqualTo(isNew);
        return started.instance().id();
    }

    private List<String> types(UUID id) {
        return a.orchestration().history(TestingNode.CALLER, id, 0, 100).stream()
                .map(event -> event.type())
                .toList();
    }

    private static boolean isServedBy(TestingNode node, UUID instance) {
        return node.partitions().serving().contains(node.partitions().partitionOf(instance));
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(40, TimeUnit.SECONDS).join();
    }
}

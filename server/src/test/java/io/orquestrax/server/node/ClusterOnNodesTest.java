package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Command;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ClusterView;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.partition.Answer;
import io.orquestrax.server.partition.NotOwnedException;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.node.NodeRegister;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes in one JVM on one database; calls are brought to the owner by the test. */
class ClusterOnNodesTest {
    private static final int PARTITIONS = 8;
    private static final String CALL = "- charge:\n    call: charge-card";
    private static final Settings SETTINGS = Settings.load(
            null,
            Map.of(),
            Map.of(
                    "partitions", String.valueOf(PARTITIONS),
                    "cluster.heartbeat", "200ms",
                    "cluster.stale-after", "2s"));

    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final List<TestingNode> nodes = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(TestingNode::close);
        database.close();
    }

    @Test
    void nodesShareThePartitionsEvenly() {
        TestingNode a = join();
        assertThat(a.partitions().serving()).hasSize(PARTITIONS);

        TestingNode b = join();
        awaitShares(4, 4);
        join();
        TestingNode.until(
                "each has its share",
                () -> nodes.stream().allMatch(node -> {
                    int share = node.partitions().serving().size();
                    return share == 2 || share == 3;
                }));
        TestingNode.until(
                "all are served",
                () -> nodes.stream()
                                .mapToInt(node -> node.partitions().serving().size())
                                .sum()
                        == PARTITIONS);

        ClusterView view = b.cluster();
        assertThat(view.self()).isEqualTo(b.id());
        assertThat(view.nodes()).extracting(ClusterView.NodeView::state).containsOnly("serving");
        TestingNode.until(
                "the view says who owns what",
                () -> b.cluster().nodes().stream()
                                .mapToInt(node -> node.partitions().size())
                                .sum()
                        == PARTITIONS);
    }

    @Test
    void noCallFailsWhileNodesComeAndGo() throws Exception {
        TestingNode a = join();
        a.deploy("shop", CALL);
        List<UUID> instances = startMany(a, "shop");
        AtomicLong calls = new AtomicLong();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            while (!Thread.interrupted()) {
                for (UUID id : instances) {
                    try {
                        call(id, new Command.SuspendInstance("caller", null));
                        call(id, new Command.ResumeInstance("caller", null));
                    } catch (RuntimeException failed) {
                        failures.add(failed);
                    }
                    calls.incrementAndGet();
                }
            }
        });

        TestingNode b = join();
        awaitShares(4, 4);
        awaitMore(calls, 50);
        nodes.remove(a);
        a.close();
        awaitMore(calls, 50);
        assertThat(b.partitions().serving()).hasSize(PARTITIONS);
        caller.interrupt();
        caller.join();

        assertThat(failures).isEmpty();
        for (UUID id : instances) {
            assertThat(b.instance(id).status()).isEqualTo(Status.RUNNING);
        }
    }

    @Test
    void aNodeIsDrainedByCommandAndServesAgain() {
        TestingNode a = join();
        TestingNode b = join();
        awaitShares(4, 4);

        ClusterView answer = a.orchestration().drain(TestingNode.CALLER, b.id().substring(0, 30), false);

        assertThat(answer.self()).isEqualTo(a.id());
        awaitShares(8, 0);
        TestingNode.until(
                "it says so",
                () -> stateOf(a, b).equals("draining") && stateOf(b, b).equals("draining"));
        assertThat(b.services().readiness().reasonNotReady()).isEmpty();

        b.orchestration().drain(TestingNode.CALLER, b.id(), true);
        awaitShares(4, 4);
        assertThat(stateOf(b, b)).isEqualTo("serving");
    }

    @Test
    void aNodeStaysReadyWhileItsShareGrows() {
        TestingNode a = join();
        TestingNode b = join();
        awaitShares(4, 4);
        Set<String> reasons = new HashSet<>();

        a.orchestration().drain(TestingNode.CALLER, a.id(), false);

        while (b.partitions().serving().size() < PARTITIONS) {
            b.services().readiness().reasonNotReady().ifPresent(reasons::add);
        }
        assertThat(reasons).isEmpty();
    }

    @Test
    void onlyAKnownNodeWhosePartitionsSomebodyTakesIsDrained() {
        TestingNode a = join();

        assertThatThrownBy(() -> a.orchestration().drain(TestingNode.CALLER, a.id(), false))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining("start one first");
        assertThatThrownBy(() -> a.orchestration().drain(TestingNode.CALLER, "nobody", false))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NODE_NOT_FOUND));
    }

    @Test
    void whatAKilledNodeOwnedGoesOnElsewhereAndItsLateWritesAreRefused() {
        TestingNode a = join();
        a.deploy("nap", "- nap:\n    wait: PT5S");
        a.deploy("shop", CALL);
        List<UUID> naps = startMany(a, "nap");
        List<UUID> works = startMany(a, "shop");
        TestingNode b = join();
        awaitShares(4, 4);
        UUID napping = oneOf(naps, b);
        UUID working = oneOf(works, b);

        b.kill();

        TestingNode.until(
                "the other one serves all", () -> a.partitions().serving().size() == PARTITIONS);
        CompletableFuture<Answer> late = b.partitions().ask(working, new Command.CancelInstance("late", null));
        assertThat(a.awaitClosed(napping).status()).isEqualTo(Status.COMPLETED);
        assertThat(a.instance(working).status()).isEqualTo(Status.RUNNING);
        assertThat(late.isDone() && !late.isCompletedExceptionally()).isFalse();
        assertThat(stateOf(a, b)).isEqualTo("lost");
        assertThat(take(a, works.size())).containsExactlyInAnyOrderElementsOf(works);
    }

    @Test
    void aFrozenNodeLosesItsPartitionsForgetsThemAndGetsAShareAgain() {
        TestingNode a = join();
        a.deploy("shop", CALL);
        List<UUID> works = startMany(a, "shop");
        TestingNode b = join();
        awaitShares(4, 4);
        UUID working = oneOf(works, b);

        b.freeze(true);
        TestingNode.until(
                "the other one serves all", () -> a.partitions().serving().size() == PARTITIONS);
        CompletableFuture<Answer> late = b.partitions().ask(working, new Command.ResumeInstance("late", null));

        b.freeze(false);
        // What it remembers says that nothing is suspended; but it must not say so before it knows what it owns.
        assertThatThrownBy(late::join).hasCauseInstanceOf(NotOwnedException.class);
        awaitShares(4, 4);
        assertThat(call(working, new Command.CancelInstance("in time", null))
                        .instance()
                        .get()
                        .status())
                .isEqualTo(Status.CANCELLED);
        TestingNode.until("each knows the jobs of its own", () -> knownJobs(a) + knownJobs(b) == works.size() - 1);
    }

    @Test
    void aNodeWhoseRowIsGoneJoinsAgain() {
        join();
        TestingNode b = join();
        awaitShares(4, 4);

        new NodeRegister(database.database()).remove(b.id());

        TestingNode.until(
                "its row is back",
                () -> database.database().with("count the rows", connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement
                                .executeQuery("SELECT FROM orquestrax.node WHERE id = '" + b.id() + "'")
                                .next();
                    }
                }));
        awaitShares(4, 4);
    }

    @Test
    void aJobMovesWithItsPartitionOrIsLent() {
        TestingNode a = join();
        a.deploy("shop", CALL);
        List<UUID> instances = startMany(a, "shop");

        TestingNode b = join();
        awaitShares(4, 4);
        List<UUID> moved = instances.stream().filter(id -> isServedBy(b, id)).toList();
        assertThat(moved).isNotEmpty();
        TestingNode.until(
                "the old owner knows only its own",
                () -> a.dispatcher().counts().queued() == instances.size() - moved.size());
        assertThat(take(b, instances.size())).containsExactlyInAnyOrderElementsOf(instances);
        assertThat(losses(a, instances)).isZero();
    }

    @Test
    void whatOnlyWaitedAtANodeThatLeavesIsOfferedElsewhereAsItIs() {
        TestingNode a = join();
        a.deploy("shop", CALL);
        List<UUID> instances = startMany(a, "shop");
        TestingNode b = join();
        awaitShares(4, 4);

        nodes.remove(a);
        a.close();

        assertThat(take(b, instances.size())).containsExactlyInAnyOrderElementsOf(instances);
        assertThat(losses(b, instances)).isZero();
    }

    @Test
    void aTimerFiresWhereItsInstanceWent() {
        TestingNode a = join();
        a.deploy("nap", "- nap:\n    wait: PT8S");
        List<UUID> instances = startMany(a, "nap");
        TestingNode b = join();
        awaitShares(4, 4);

        for (UUID id : instances) {
            TestingNode.until("it is over", () -> a.instance(id).status() == Status.COMPLETED);
            assertThat(a.orchestration().history(TestingNode.CALLER, id, 0, 100).stream()
                            .filter(event -> event.type().startsWith("TaskCompleted"))
                            .count())
                    .isEqualTo(1);
        }
        assertThat(instances).anyMatch(id -> isServedBy(b, id));
    }

    private TestingNode join() {
        TestingNode node = TestingNode.on(database, SETTINGS);
        nodes.add(node);
        return node;
    }

    private void awaitShares(int... shares) {
        TestingNode.until(
                "the shares are " + Arrays.toString(shares),
                () -> IntStream.range(0, shares.length)
                        .allMatch(
                                index -> nodes.get(index).partitions().serving().size() == shares[index]));
    }

    private static boolean isServedBy(TestingNode node, UUID instance) {
        return node.partitions().serving().contains(node.partitions().partitionOf(instance));
    }

    /** As many that each partition has some. */
    private static List<UUID> startMany(TestingNode node, String name) {
        List<UUID> instances = new ArrayList<>();
        Set<Integer> partitions = new HashSet<>();
        while (partitions.size() < PARTITIONS) {
            instances.add(node.start(name).id());
            partitions.add(node.partitions().partitionOf(instances.getLast()));
        }
        return instances;
    }

    private static long losses(TestingNode node, List<UUID> instances) {
        return instances.stream()
                .flatMap(id -> node.orchestration().history(TestingNode.CALLER, id, 0, 100).stream())
                .filter(event -> event.type().startsWith("JobLost"))
                .count();
    }

    private static UUID oneOf(List<UUID> instances, TestingNode owner) {
        return instances.stream()
                .filter(id -> isServedBy(owner, id))
                .findFirst()
                .orElseThrow();
    }

    private static int knownJobs(TestingNode node) {
        return node.dispatcher().counts().queued();
    }

    private static Set<UUID> take(TestingNode node, int jobs) {
        Set<UUID> taken = new HashSet<>();
        while (taken.size() < jobs) {
            node.dispatcher()
                    .activate(Set.of("charge-card"), "till", 100, Duration.ofSeconds(20), Duration.ofMinutes(1))
                    .join()
                    .forEach(job -> taken.add(job.offer().instance()));
        }
        return taken;
    }

    private static String stateOf(TestingNode viewer, TestingNode node) {
        return viewer.cluster().nodes().stream()
                .filter(view -> view.id().equals(node.id()))
                .map(ClusterView.NodeView::state)
                .findFirst()
                .orElse("gone");
    }

    private static void awaitMore(AtomicLong calls, int more) {
        long wanted = calls.get() + more;
        TestingNode.until("there are more calls", () -> calls.get() >= wanted);
    }

    /** Brings the command to whichever node owns the instance now. */
    private Answer call(UUID instance, Command command) {
        while (true) {
            for (TestingNode node : nodes) {
                try {
                    return node.partitions().ask(instance, command).join();
                } catch (CompletionException failed) {
                    if (!(failed.getCause() instanceof NotOwnedException)) {
                        throw failed;
                    }
                }
            }
            Thread.onSpinWait();
        }
    }
}

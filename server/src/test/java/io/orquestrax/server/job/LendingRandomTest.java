package io.orquestrax.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.protocol.JobId;
import io.orquestrax.server.peer.TestingNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes die, links break and come back, partitions change hands, and workers wander between nodes, all at random; named
 * rules hold at every step.
 */
final class LendingRandomTest {
    private static final int STEPS = 600;
    private static final int NODES = 3;
    private static final List<String> TYPES = List.of("a", "b");

    private final TestingCluster cluster = new TestingCluster(TestingNetwork.settledByHand());
    private final List<TestingCluster.Node> nodes = new ArrayList<>();
    private final Map<String, TestingCluster.Node> places = new HashMap<>();
    private Random random = new Random();
    private TestingCrowd crowd = new TestingCrowd(TYPES, random);
    private int joined;

    static List<Long> seeds() {
        return TestingSeeds.all();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsTheRules(long seed) {
        random = new Random(seed);
        crowd = new TestingCrowd(TYPES, random);
        try (cluster) {
            while (nodes.size() < NODES) {
                join();
            }
            cluster.own(0, nodes.get(0));
            cluster.own(1, nodes.get(1));
            for (int step = 0; step < STEPS; step++) {
                act();
                cluster.settle();
                checkRules();
            }
            finishEverything();
            assertThat(cluster.open()).as("open attempts at the end").isEmpty();
            crowd.requireSettled();
            assertThat(nodes)
                    .allSatisfy(node -> assertThat(node.dispatcher.knownJobs())
                            .as("jobs that are over, but known at " + node.id)
                            .isEmpty());
        }
    }

    private void act() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> offer();
            case 4, 5 -> connect();
            case 6 -> crowd.connected().forEach(worker -> worker.disconnect(random.nextBoolean()));
            case 7, 8, 9 -> crowd.connected().forEach(TestingWorker::report);
            case 10 -> crowd.connected().forEach(TestingWorker::heartbeatOrHandBack);
            case 11 -> withdraw();
            case 12 -> cutOrRestore();
            case 13 -> handOver();
            case 14 -> killOne();
            case 15 -> {
                crowd.all().forEach(TestingWorker::noticed);
                cluster.pass(Duration.ofMillis(random.nextInt(12_000)));
            }
            default -> throw new AssertionError();
        }
    }

    private void join() {
        nodes.add(cluster.node("node-" + ++joined));
    }

    private void offer() {
        cluster.offer(crowd.offer());
    }

    private void connect() {
        TestingWorker worker = crowd.worker("worker-" + random.nextInt(5));
        if (worker.isConnected()) {
            worker.disconnect(random.nextBoolean());
        }
        connect(worker);
    }

    private void connect(TestingWorker worker) {
        TestingCluster.Node node = nodes.get(random.nextInt(nodes.size()));
        places.put(worker.id, node);
        worker.connect(node.dispatcher);
    }

    private void withdraw() {
        List<JobId> open = List.copyOf(cluster.open().keySet());
        if (!open.isEmpty() && random.nextInt(3) == 0) {
            cluster.withdraw(open.get(random.nextInt(open.size())));
        }
    }

    private void cutOrRestore() {
        String one = nodes.get(0).id;
        String other = nodes.get(1 + random.nextInt(NODES - 1)).id;
        if (random.nextBoolean()) {
            cluster.network.cut(one, other);
        } else {
            cluster.network.restore(one, other);
        }
    }

    private void handOver() {
        int partition = random.nextInt(TestingCluster.PARTITIONS);
        TestingCluster.Node next = nodes.get(random.nextInt(nodes.size()));
        if (random.nextBoolean() || next.id.equals(cluster.ownerOf(partition))) {
            cluster.own(partition, next);
            return;
        }
        cluster.release(partition, next);
        // Another one may claim it, or the workers wander meanwhile.
        if (random.nextInt(4) == 0) {
            connect();
        }
        cluster.recover(partition, random.nextInt(4) == 0 ? nodes.get(random.nextInt(nodes.size())) : next);
    }

    /** Its workers notice, and its partitions are taken over later. */
    private void killOne() {
        if (random.nextInt(4) != 0) {
            return;
        }
        TestingCluster.Node dead = nodes.remove(random.nextInt(nodes.size()));
        cluster.kill(dead);
        crowd.all().stream()
                .filter(worker -> places.get(worker.id) == dead)
                .forEach(worker -> worker.disconnect(false));
        join();
        cluster.pass(Duration.ofMillis(random.nextInt(3_000)));
        for (int partition = 0; partition < TestingCluster.PARTITIONS; partition++) {
            if (dead.id.equals(cluster.ownerOf(partition))) {
                cluster.own(partition, nodes.get(random.nextInt(nodes.size())));
            }
        }
    }

    private void finishEverything() {
        eachLink(cluster.network::restore);
        crowd.worker("worker-last");
        for (int round = 0; round < 300 && !isFinished(); round++) {
            crowd.all().stream().filter(worker -> !worker.isConnected()).forEach(this::connect);
            crowd.all().forEach(TestingWorker::noticed);
            crowd.all().forEach(TestingWorker::report);
            cluster.pass(Duration.ofSeconds(1));
        }
        // What one node still believes of another is compared when their link is new.
        eachLink(cluster.network::cut);
        cluster.settle();
        eachLink(cluster.network::restore);
        cluster.pass(Duration.ofMinutes(3));
    }

    private void eachLink(BiConsumer<String, String> change) {
        for (TestingCluster.Node one : nodes) {
            nodes.stream().filter(other -> other != one).forEach(other -> change.accept(one.id, other.id));
        }
    }

    private boolean isFinished() {
        return cluster.open().isEmpty() && crowd.isSettled();
    }

    private void checkRules() {
        crowd.requireRoom();
        Map<JobId, String> holders = new HashMap<>();
        crowd.all().stream()
                .filter(TestingWorker::isConnected)
                .forEach(worker -> worker.running
                        .keySet()
                        .forEach(job -> assertThat(holders.put(job, worker.id))
                                .as("two workers have " + job)
                                .isNull()));
    }
}

package io.orquestrax.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@link LendingRandomTest}, but on one thread, and whatever nodes say to each other, hear of their neighbours or
 * commit is on its way while the next thing happens; links break in one direction.
 */
final class LendingShuffledTest {
    private static final int STEPS = 800;
    private static final int NODES = 3;
    private static final List<String> TYPES = List.of("a", "b");

    private final Map<String, ShuffledCluster.Node> places = new LinkedHashMap<>();
    private final List<ShuffledCluster.Node> nodes = new ArrayList<>();
    private Random random = new Random();
    private TestingCrowd crowd = new TestingCrowd(TYPES, random);
    private ShuffledCluster cluster = new ShuffledCluster(random);
    private int joined;
    private boolean isCalm;

    static List<Long> seeds() {
        return TestingSeeds.all();
    }

    private void begin(long seed) {
        random = new Random(seed);
        crowd = new TestingCrowd(TYPES, random);
        cluster = new ShuffledCluster(random);
        while (nodes.size() < NODES) {
            join();
        }
        cluster.take(0, nodes.get(0));
        cluster.take(1, nodes.get(1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void losesNothingAndForgetsNothingWhateverBreaks(long seed) {
        begin(seed);
        for (int step = 0; step < STEPS; step++) {
            act();
            arrive(20);
            crowd.requireRoom();
        }
        finishEverything();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void takesNoJobFromAWorkerWhereNothingBreaks(long seed) {
        begin(seed);
        isCalm = true;
        cluster.whenLost = (job, loss) -> assertThat(crowd.all())
                .filteredOn(TestingWorker::isConnected)
                .filteredOn(worker -> worker.running.containsKey(job))
                .extracting(worker -> worker.id)
                .as("workers that run " + job + ", of which a node says " + loss)
                .isEmpty();
        for (int step = 0; step < STEPS; step++) {
            actCalmly();
            arrive(20);
            crowd.requireRoom();
        }
        finishEverything();
    }

    private void act() {
        switch (random.nextInt(18)) {
            case 12 -> cut();
            case 13 -> cluster.network.restoreAll();
            case 14 -> killOne();
            case 15 -> pass();
            case 16 -> disconnect();
            case 17 -> cluster.time.pass(Duration.ofMillis(random.nextInt(12_000)), () -> arrive(3));
            default -> actCalmly();
        }
    }

    /** All that careful operators and workers do. */
    private void actCalmly() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> offer();
            case 4, 5 -> move();
            case 6, 7, 8 -> crowd.connected().forEach(TestingWorker::report);
            case 9 -> crowd.connected().forEach(TestingWorker::heartbeatOrHandBack);
            case 10 -> withdraw();
            case 11 -> suspendOrResume();
            case 12 -> changeOwner();
            case 13, 14 -> cluster.time.pass(Duration.ofMillis(random.nextInt(100)), () -> arrive(5));
            case 15 -> pass();
            default -> throw new AssertionError();
        }
    }

    /** Some of what is on its way. */
    private void arrive(int most) {
        for (int count = random.nextInt(most); count > 0; count--) {
            cluster.network.step();
        }
    }

    private void pass() {
        crowd.all().forEach(TestingWorker::noticed);
        cluster.pass(Duration.ofMillis(random.nextInt(3_000)));
    }

    private void join() {
        nodes.add(cluster.join("node-" + ++joined));
    }

    private ShuffledCluster.Node anyNode() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private void offer() {
        cluster.offer(crowd.offer());
    }

    /** Its node may not notice. */
    private void move() {
        TestingWorker worker = crowd.worker("worker-" + random.nextInt(5));
        if (worker.isConnected()) {
            worker.disconnect(random.nextBoolean());
        }
        connect(worker);
    }

    private void connect(TestingWorker worker) {
        ShuffledCluster.Node node = anyNode();
        places.put(worker.id, node);
        worker.connect(node.dispatcher);
    }

    private void disconnect() {
        crowd.connected().forEach(worker -> worker.disconnect(random.nextBoolean()));
    }

    private void withdraw() {
        List<JobId> open = List.copyOf(cluster.open.keySet());
        if (!open.isEmpty() && random.nextInt(3) == 0) {
            cluster.withdraw(open.get(random.nextInt(open.size())));
        }
    }

    private void suspendOrResume() {
        List<UUID> suspended = cluster.suspended();
        if (!suspended.isEmpty() && random.nextBoolean()) {
            cluster.resume(suspended.get(random.nextInt(suspended.size())));
        } else if (!cluster.open.isEmpty()) {
            List<JobId> open = List.copyOf(cluster.open.keySet());
            cluster.suspend(open.get(random.nextInt(open.size())).instance());
        }
    }

    private void changeOwner() {
        int partition = random.nextInt(ShuffledCluster.PARTITIONS);
        ShuffledCluster.Node next = anyNode();
        if (isCalm && next.id.equals(cluster.ownerOf(partition))) {
            // What it lent before, and forgets, would be taken for lent by the owner that it is now.
            cluster.network.settle();
        }
        if (random.nextBoolean()) {
            cluster.give(partition, next);
        } else {
            cluster.take(partition, next);
        }
    }

    private void cut() {
        ShuffledCluster.Node one = anyNode();
        ShuffledCluster.Node other = anyNode();
        if (one != other) {
            cluster.network.cut(one.id, other.id);
        }
    }

    /** Its workers notice, and its partitions are taken over some time. */
    private void killOne() {
        if (random.nextInt(4) != 0) {
            return;
        }
        ShuffledCluster.Node dead = nodes.remove(random.nextInt(nodes.size()));
        cluster.kill(dead);
        crowd.all().stream()
                .filter(worker -> places.get(worker.id) == dead)
                .forEach(worker -> worker.disconnect(false));
        join();
        arrive(30);
        giveOwners();
    }

    private void giveOwners() {
        for (int partition = 0; partition < ShuffledCluster.PARTITIONS; partition++) {
            String owner = cluster.ownerOf(partition);
            if (nodes.stream().noneMatch(node -> node.id.equals(owner))) {
                cluster.take(partition, anyNode());
            }
        }
    }

    private void finishEverything() {
        cluster.network.restoreAll();
        cluster.network.settle();
        cluster.suspended().forEach(cluster::resume);
        crowd.worker("worker-last");
        for (int round = 0; round < 300 && !(cluster.open.isEmpty() && crowd.isSettled()); round++) {
            crowd.all().stream().filter(worker -> !worker.isConnected()).forEach(this::connect);
            crowd.all().forEach(TestingWorker::noticed);
            crowd.all().forEach(TestingWorker::report);
            cluster.pass(Duration.ofSeconds(1));
        }
        cluster.pass(Duration.ofMinutes(3));
        assertThat(cluster.open).as("open attempts at the end").isEmpty();
        crowd.requireSettled();
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.dispatcher.knownJobs())
                        .as("jobs that are over, but known at " + node.id)
                        .isEmpty());
    }
}

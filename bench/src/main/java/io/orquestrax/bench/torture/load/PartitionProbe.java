package io.orquestrax.bench.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.OrquestraxException;
import io.orquestrax.server.partition.PartitionHash;
import io.orquestrax.server.partition.UuidSequence;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Makes each partition commit something small again and again, so that a partition that stands still is seen to do so,
 * for as long as it does.
 *
 * <p>Each partition has an instance of the probe for every node, which is suspended and resumed through that node: a
 * node that is gone or frozen holds up its own callers, and not those of the others. What fails is forgotten, for these
 * are no clients.
 */
public final class PartitionProbe implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final Duration BEGINNING_LIMIT = Duration.ofSeconds(120);
    private static final Duration ENDING_LIMIT = Duration.ofSeconds(60);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(300);
    private static final String REASON = "probe";

    private final RestApi operator;
    private final List<OrquestraxClient> clients;
    private final List<UUID> instances = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isAwake;
    private volatile boolean closed;

    private PartitionProbe(RestApi operator, List<OrquestraxClient> clients) {
        this.operator = operator;
        this.clients = clients;
    }

    /**
     * Deploys its workflow, starts its instances, and rests.
     *
     * @param operator address of a door that leads to a node that is ready
     * @param nodes the addresses of the nodes
     */
    public static PartitionProbe begin(String operator, List<String> nodes, int partitions)
            throws InterruptedException {
        List<OrquestraxClient> clients = nodes.stream()
                .map(node -> OrquestraxClient.builder(node).deadline(CALL_LIMIT).build())
                .toList();
        PartitionProbe probe = new PartitionProbe(new RestApi(operator), clients);
        try {
            deploy(nodes.getFirst());
            Deadline deadline = Deadline.in(BEGINNING_LIMIT);
            for (OrquestraxClient client : clients) {
                for (int partition = 0; partition < partitions; partition++) {
                    probe.add(client, idIn(partition, partitions), deadline);
                }
            }
            return probe;
        } catch (RuntimeException | InterruptedException failed) {
            probe.close();
            throw failed;
        }
    }

    private static void deploy(String node) {
        try (OrquestraxClient client =
                OrquestraxClient.builder(node).deadline(BEGINNING_LIMIT).build()) {
            var _ = client.deploy(Scenario.PROBE.document());
        }
    }

    private static UUID idIn(int partition, int partitions) {
        UuidSequence ids = new UuidSequence(Clock.systemUTC());
        UUID id = ids.next();
        while (PartitionHash.partitionOf(id, partitions) != partition) {
            id = ids.next();
        }
        return id;
    }

    /** The cluster may still be sharing its partitions; a start with an id is done once however often it is tried. */
    private void add(OrquestraxClient client, UUID id, Deadline deadline) throws InterruptedException {
        ObjectNode start = Json.NODES.objectNode().put("id", id.toString());
        start.putObject("definition").put("namespace", Scenario.NAMESPACE).put("name", Scenario.PROBE.definition());
        Optional<CommandFailure> failure = tried(() -> operator.post(Route.of("instances"), start));
        while (failure.isPresent()) {
            if (deadline.isOver()) {
                throw failure.get();
            }
            Thread.sleep(AFTER_FAILURE);
            failure = tried(() -> operator.post(Route.of("instances"), start));
        }
        instances.add(id);
        threads.add(Thread.ofVirtual().name("probe-" + id).start(() -> run(client, id.toString())));
    }

    /** From now on every partition commits several times a second. */
    public void wake() {
        set(true);
    }

    public void rest() {
        set(false);
    }

    private void set(boolean awake) {
        lock.lock();
        try {
            isAwake = awake;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run(OrquestraxClient client, String instance) {
        try {
            awaitAwake();
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE.toMillis()));
            for (boolean suspended = false; !closed; suspended = !suspended) {
                awaitAwake();
                toggle(client, instance, suspended);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static void toggle(OrquestraxClient client, String instance, boolean suspended) {
        try {
            var _ = suspended ? client.resume(instance, REASON) : client.suspend(instance, REASON);
        } catch (OrquestraxException notNow) {
            // The gap between the commits tells of it.
        }
    }

    private void awaitAwake() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isAwake) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Cancels its instances.
     *
     * @return what kept it from that; empty where nothing did
     */
    public Optional<String> end() throws InterruptedException {
        stopAll();
        for (Thread thread : threads) {
            thread.join();
        }
        Deadline deadline = Deadline.in(ENDING_LIMIT);
        for (UUID instance : instances) {
            Optional<CommandFailure> failure = cancel(instance);
            while (failure.isPresent()) {
                if (deadline.isOver()) {
                    return failure.map(CommandFailure::sentence);
                }
                Thread.sleep(AFTER_FAILURE);
                failure = cancel(instance);
            }
        }
        return Optional.empty();
    }

    private Optional<CommandFailure> cancel(UUID instance) {
        Route cancel = Route.of("instances", instance.toString()).action("cancel");
        return tried(() -> operator.post(cancel, Json.NODES.objectNode()))
                .filter(failed -> !failed.sentence().startsWith("instance-closed"));
    }

    private static Optional<CommandFailure> tried(Supplier<JsonNode> call) {
        try {
            var _ = call.get();
            return Optional.empty();
        } catch (CommandFailure failed) {
            return Optional.of(failed);
        }
    }

    private record Deadline(long nanos) {

        static Deadline in(Duration limit) {
            return new Deadline(System.nanoTime() + limit.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - nanos > 0;
        }
    }

    private void stopAll() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    @Override
    public void close() {
        stopAll();
        clients.forEach(OrquestraxClient::close);
    }
}

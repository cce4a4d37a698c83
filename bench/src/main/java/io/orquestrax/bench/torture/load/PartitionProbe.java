package io.orquestrax.bench.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.server.partition.PartitionHash;
import io.orquestrax.server.partition.UuidSequence;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Has each partition commit something small again and again, so that a partition that stands still is seen to do so, for
 * as long as it does: one instance in each, which waits for a moment, over and over. Nobody has to call for that.
 */
public final class PartitionProbe {
    private static final Duration BEGINNING_LIMIT = Duration.ofSeconds(120);
    private static final Duration ENDING_LIMIT = Duration.ofSeconds(60);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(300);

    private final RestApi operator;
    private final List<UUID> instances = new ArrayList<>();

    private PartitionProbe(RestApi operator) {
        this.operator = operator;
    }

    /**
     * Deploys its workflow and starts its instances.
     *
     * @param operator address of a door that leads to a node that is ready
     * @throws CommandFailure where the cluster does not take them in time
     */
    public static PartitionProbe begin(String operator, int partitions) throws InterruptedException {
        try (OrquestraxClient client =
                OrquestraxClient.builder(operator).deadline(BEGINNING_LIMIT).build()) {
            var _ = client.deploy(Scenario.PROBE.document());
        }
        PartitionProbe probe = new PartitionProbe(new RestApi(operator));
        Deadline deadline = Deadline.in(BEGINNING_LIMIT);
        for (int partition = 0; partition < partitions; partition++) {
            probe.start(idIn(partition, partitions), deadline);
        }
        return probe;
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
    private void start(UUID id, Deadline deadline) throws InterruptedException {
        ObjectNode start = Json.NODES.objectNode().put("id", id.toString());
        start.putObject("definition").put("namespace", Scenario.NAMESPACE).put("name", Scenario.PROBE.definition());
        Optional<CommandFailure> failure = repeated(() -> tried(Route.of("instances"), start), deadline);
        if (failure.isPresent()) {
            throw failure.get();
        }
        instances.add(id);
    }

    /**
     * Cancels its instances.
     *
     * @return what kept it from that; empty where nothing did
     */
    public Optional<String> end() throws InterruptedException {
        Deadline deadline = Deadline.in(ENDING_LIMIT);
        for (UUID instance : instances) {
            Optional<CommandFailure> failure = repeated(() -> cancel(instance), deadline);
            if (failure.isPresent()) {
                return failure.map(CommandFailure::sentence);
            }
        }
        return Optional.empty();
    }

    private Optional<CommandFailure> cancel(UUID instance) {
        return tried(Route.of("instances", instance.toString()).action("cancel"), Json.NODES.objectNode())
                .filter(failed -> !failed.sentence().startsWith("instance-closed"));
    }

    private Optional<CommandFailure> tried(Route route, JsonNode body) {
        try {
            var _ = operator.post(route, body);
            return Optional.empty();
        } catch (CommandFailure failed) {
            return Optional.of(failed);
        }
    }

    private static Optional<CommandFailure> repeated(Supplier<Optional<CommandFailure>> call, Deadline deadline)
            throws InterruptedException {
        Optional<CommandFailure> failure = call.get();
        while (failure.isPresent() && !deadline.isOver()) {
            Thread.sleep(AFTER_FAILURE);
            failure = call.get();
        }
        return failure;
    }

    private record Deadline(long nanos) {

        static Deadline in(Duration limit) {
            return new Deadline(System.nanoTime() + limit.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - nanos > 0;
        }
    }
}

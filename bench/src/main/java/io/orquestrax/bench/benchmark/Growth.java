package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.data.InstanceCopies;
import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.bench.environment.Stand;
import io.orquestrax.sdk.OrquestraxClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ten steps in a database that holds many more instances, against an empty one, on the same stand. */
final class Growth implements Benchmark {
    private static final Figure RATIO = Figure.atLeast("growth", 0.9, "of the empty one's");

    @Override
    public List<Figure> figures() {
        return List.of(RATIO);
    }

    @Override
    public Trial open(Environment environment, Scale scale) {
        return new FreshStand(environment, (ready, load) -> Map.of(RATIO.name(), ratio(ready, load, scale)));
    }

    private static double ratio(ReadyStand empty, Load load, Scale scale) throws InterruptedException {
        TenStep.WORKFLOW.deploy(empty.client());
        double before = rate(empty.client(), load);
        UUID template = UUID.fromString(TenStep.WORKFLOW.run(empty.client()).id());
        Stand stand = empty.stand();
        int run = stand.database().with("count", connection -> {
            try (var row =
                    connection.createStatement().executeQuery("SELECT count(*)::integer FROM orquestrax.instance")) {
                row.next();
                return row.getInt(1);
            }
        });
        stand.stop(empty.node());
        new InstanceCopies(stand.database(), template).write(scale.growth() * run, index -> Instant.EPOCH);
        NodeProcess node = stand.startNode(NodeOptions.DEFAULT);
        stand.startWorker(node.address(), load.inFlight());
        return rate(stand.connect(node.address()), load) / before;
    }

    /** Of the second of two runs: both processes are as cold as each other. */
    private static double rate(OrquestraxClient client, Load load) throws InterruptedException {
        List<Double> rates = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            rates.add(new ClosedLoop(client, TenStep.WORKFLOW, load).instancesPerSecond());
        }
        return rates.getLast();
    }
}

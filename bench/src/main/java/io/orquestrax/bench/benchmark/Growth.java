package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.data.InstanceCopies;
import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.store.Database;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ten steps in a database that holds many more instances, against an empty one, through the same processes. */
final class Growth implements Benchmark {
    private static final Figure RATIO = Figure.atLeast("growth", 0.9, "of the empty one's");
    private static final String EMPTY = "TRUNCATE orquestrax.instance, orquestrax.event";

    /** For a history cannot be removed otherwise. */
    private static final String WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica";

    private static final String COUNT = "SELECT count(*)::integer FROM orquestrax.instance";

    @Override
    public List<Figure> figures() {
        return List.of(RATIO);
    }

    @Override
    public Trial open(Environment environment, Scale scale) {
        return new FreshStand(
                environment, (ready, load, warmUp) -> Map.of(RATIO.name(), ratio(ready, load, scale.growth(), warmUp)));
    }

    private static double ratio(ReadyStand ready, Load load, int growth, WarmUp warmUp) throws InterruptedException {
        TenStep.WORKFLOW.deploy(ready.client());
        warmUp.untilLevel(ready, TenStep.WORKFLOW);
        Database database = ready.stand().database();
        empty(database);
        double before = rate(ready.client(), load);
        UUID template = UUID.fromString(TenStep.WORKFLOW.run(ready.client()).id());
        // They are closed, so the node need not know of them.
        new InstanceCopies(database, template).write(growth * count(database), index -> Instant.EPOCH);
        return rate(ready.client(), load) / before;
    }

    /** Of the second of two runs: what was just emptied or written has settled by then. */
    private static double rate(OrquestraxClient client, Load load) throws InterruptedException {
        List<Double> rates = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            rates.add(new ClosedLoop(client, TenStep.WORKFLOW, load).run().instancesPerSecond());
        }
        return rates.getLast();
    }

    private static void empty(Database database) {
        var _ = database.<Boolean>inTransaction("empty the tables", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(WITHOUT_TRIGGERS);
                return statement.execute(EMPTY);
            }
        });
    }

    private static int count(Database database) {
        return database.with("count", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(COUNT)) {
                row.next();
                return row.getInt(1);
            }
        });
    }
}

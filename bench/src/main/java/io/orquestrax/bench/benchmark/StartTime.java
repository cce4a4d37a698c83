package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.Stand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Until a node serves: with its own PostgreSQL and the data of an earlier start, and by itself. */
final class StartTime implements Benchmark {
    private static final Figure WITH_POSTGRES = Figure.atMost("start", 3, "s");
    private static final Figure ALONE = Figure.atMost("start-node", 1.5, "s");
    private static final double MILLIS_PER_SECOND = 1e3;

    @Override
    public List<Figure> figures() {
        return List.of(WITH_POSTGRES, ALONE);
    }

    @Override
    public Trial open(Environment environment, Scale scale) {
        Stand stand = environment.alone();
        Path data = stand.directory().resolve("data");
        return new Trial() {
            /** Also leaves data behind. */
            @Override
            public Map<String, Double> run(Load load) throws InterruptedException {
                NodeProcess whole = stand.startNodeWithPostgres(data);
                OneTask.run(stand.connect(whole.address()));
                stand.stop(whole);
                NodeProcess node = stand.startNode(NodeOptions.DEFAULT);
                OneTask.run(stand.connect(node.address()));
                stand.stop(node);
                return Map.of(
                        WITH_POSTGRES.name(), seconds(whole.startTook()), ALONE.name(), seconds(node.startTook()));
            }

            @Override
            public void close() {
                environment.close(stand);
            }
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }
}

package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.data.RawJournal;
import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.ReadyStand;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows of the journal under the load of ten steps, beside those that PostgreSQL takes from a client without a platform. */
final class JournalRatio implements Benchmark {
    private static final Figure RATIO = Figure.atLeast("journal-ratio", 0.35, "of raw rows/s");
    private static final String ROWS = "orquestrax_journal_batch_rows_sum";
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public List<Figure> figures() {
        return List.of(RATIO);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        ReadyStand ready = environment.shared();
        TenStep.WORKFLOW.deploy(ready.client());
        UUID template = UUID.fromString(TenStep.WORKFLOW.run(ready.client()).id());
        RawJournal raw = new RawJournal(ready.stand().database(), template);
        return new LevelTrial(ready, TenStep.WORKFLOW, load -> {
            double ours = rowsPerSecond(ready, load);
            double theirs = raw.rowsPerSecond(load.duration());
            return Map.of(RATIO.name(), ours / theirs, RATIO.part("journal"), ours, RATIO.part("raw"), theirs);
        });
    }

    private static double rowsPerSecond(ReadyStand ready, Load load) throws InterruptedException {
        NodeProcess node = ready.node();
        double before = node.meter(ROWS);
        long began = System.nanoTime();
        var _ = new ClosedLoop(ready.client(), TenStep.WORKFLOW, load).run();
        return (node.meter(ROWS) - before) * NANOS_PER_SECOND / (System.nanoTime() - began);
    }
}

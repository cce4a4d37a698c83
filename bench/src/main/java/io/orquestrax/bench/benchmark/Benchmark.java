package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import java.util.List;

/** One way to use the platform, and what is measured of it. */
public interface Benchmark {

    /** What a run measures; their names are unique among all benchmarks. */
    List<Figure> figures();

    /** Sets up what all of its runs need. Called once, before the first run. */
    Trial open(Environment environment, Scale scale) throws InterruptedException;

    /** In the order in which they are run: first those that share a node, then those that want one of their own. */
    static List<Benchmark> all() {
        return List.of(
                OneStep.BENCHMARK,
                TenStep.BENCHMARK,
                InEngine.BENCHMARK,
                new JournalRatio(),
                new Latency(),
                new PushLatency(),
                new LongHistory(),
                new FanOut(),
                new Overload(),
                new Growth(),
                new TwoNodes(),
                new RetentionLoad(),
                new WaitingHeap(),
                new ListPage(),
                new DueTimers(),
                new Idle(),
                new StartTime(),
                new IdleMemory());
    }
}

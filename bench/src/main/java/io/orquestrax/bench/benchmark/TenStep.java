package io.orquestrax.bench.benchmark;

/** Steps of instances that have ten of them, one after the other. */
final class TenStep {
    static final int STEPS = 10;
    static final Workflow WORKFLOW = Workflow.ofSteps("ten-step", STEPS);
    static final Benchmark BENCHMARK = new Throughput(WORKFLOW, STEPS, "steps", 15_000);

    private TenStep() {}
}

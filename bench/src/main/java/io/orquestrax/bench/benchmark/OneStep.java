package io.orquestrax.bench.benchmark;

/** Instances of one step that a client starts and awaits. */
final class OneStep {
    static final Workflow WORKFLOW = Workflow.ofSteps("one-step", 1);
    static final Benchmark BENCHMARK = new Throughput(WORKFLOW, 1, "instances", 4000);

    private OneStep() {}
}

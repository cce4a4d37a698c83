package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.ProcessorTimes;
import io.orquestrax.bench.environment.ReadyStand;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As many instances of a workflow as go through, and the processor time that they take. */
final class Throughput implements Benchmark {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int COUNTED = 1000;

    /** Of those that the goals are for. */
    private static final int PROCESSORS = 2;

    private final Workflow workflow;
    private final int unitsPerInstance;
    private final Figure rate;
    private final Figure cost;

    /**
     * @param unit that is counted, such as steps
     * @param goal of them in a second; that of their processor time follows from it
     */
    Throughput(Workflow workflow, int unitsPerInstance, String unit, int goal) {
        this.workflow = workflow;
        this.unitsPerInstance = unitsPerInstance;
        this.rate = Figure.atLeast(workflow.name(), goal, unit + "/s");
        this.cost = Figure.atMost(
                workflow.name() + "-cpu", rounded((double) PROCESSORS * COUNTED / goal), "CPU s/" + COUNTED);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * COUNTED) / (double) COUNTED;
    }

    @Override
    public List<Figure> figures() {
        return List.of(rate, cost);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        ReadyStand ready = environment.shared();
        workflow.deploy(ready.client());
        return new LevelTrial(ready, workflow, load -> measure(ready, load));
    }

    private Map<String, Double> measure(ReadyStand ready, Load load) throws InterruptedException {
        ProcessorTimes before = ready.stand().processorTimes();
        ClosedLoop.Outcome outcome = new ClosedLoop(ready.client(), workflow, load).run();
        ProcessorTimes used = ready.stand().processorTimes().minus(before);
        double units = (double) outcome.instances() * unitsPerInstance;
        Map<String, Double> values = new HashMap<>();
        values.put(rate.name(), outcome.instancesPerSecond() * unitsPerInstance);
        values.put(cost.name(), per(units, used.total()));
        used.byProcess().forEach((process, time) -> values.put(cost.part(process), per(units, time)));
        return values;
    }

    private static double per(double units, Duration time) {
        return time.toNanos() / NANOS_PER_SECOND * COUNTED / units;
    }
}

package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.ProcessorTimes;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.bench.environment.Stand;
import io.orquestrax.sdk.OrquestraxClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ten steps through two nodes, a worker and half of the callers at each, against one node with all of that; by part, the
 * processor time of an instance against the same.
 */
final class TwoNodes implements Benchmark {
    private static final Figure RATIO = Figure.atLeast("two-nodes", 0.8, "of one node's");
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public List<Figure> figures() {
        return List.of(RATIO);
    }

    @Override
    public Trial open(Environment environment, Scale scale) {
        return new FreshStand(environment, TwoNodes::ratio);
    }

    /** The one node is measured before and after the two, for the machine's own speed changes meanwhile. */
    private static Map<String, Double> ratio(ReadyStand ready, Load load, WarmUp warmUp) throws InterruptedException {
        Stand stand = ready.stand();
        List<OrquestraxClient> one = List.of(ready.client());
        TenStep.WORKFLOW.deploy(ready.client());
        warmUp.untilLevel(ready, TenStep.WORKFLOW);
        Cost before = cost(stand, one, load);

        NodeProcess second = stand.startNode(NodeOptions.DEFAULT);
        stand.startWorker(second.address(), load.inFlight());
        OrquestraxClient client = stand.connect(second.address());
        Waits.until("both nodes own partitions", () -> owners(ready.client()) == 2);
        warmUp.untilLevel(stand, "the second node", window -> rate(List.of(client), window));
        List<OrquestraxClient> both = List.of(ready.client(), client);
        warmUp.untilLevel(stand, "two nodes", window -> rate(both, window));
        Cost two = cost(stand, both, load);

        stand.stop(second);
        Waits.until("one node owns all partitions", () -> owners(ready.client()) == 1);
        return two.against(before.meanWith(cost(stand, one, load)));
    }

    /**
     * What a load came to.
     *
     * @param perInstance seconds of the processors, by what used them
     */
    private record Cost(double instancesPerSecond, Map<String, Double> perInstance) {

        /** Of both, whose processes are the same. */
        Cost meanWith(Cost other) {
            Map<String, Double> means = new HashMap<>(perInstance);
            means.replaceAll((process, seconds) -> mean(seconds, other.perInstance.getOrDefault(process, seconds)));
            return new Cost(mean(instancesPerSecond, other.instancesPerSecond), means);
        }

        Map<String, Double> against(Cost base) {
            Map<String, Double> ratios = new HashMap<>();
            ratios.put(RATIO.name(), instancesPerSecond / base.instancesPerSecond);
            perInstance.forEach((process, seconds) ->
                    ratios.put(RATIO.part(process), seconds / base.perInstance.getOrDefault(process, seconds)));
            return ratios;
        }

        private static double mean(double one, double other) {
            return (one + other) / 2;
        }
    }

    private static Cost cost(Stand stand, List<OrquestraxClient> clients, Load load) throws InterruptedException {
        ProcessorTimes before = stand.processorTimes();
        ClosedLoop.Outcome outcome = ClosedLoop.together(clients, TenStep.WORKFLOW, load);
        Map<String, Duration> used = stand.processorTimes().minus(before).byProcess();
        Map<String, Double> perInstance = new HashMap<>();
        used.forEach(
                (process, time) -> perInstance.put(process, time.toNanos() / NANOS_PER_SECOND / outcome.instances()));
        return new Cost(outcome.instancesPerSecond(), perInstance);
    }

    private static double rate(List<OrquestraxClient> clients, Load load) throws InterruptedException {
        return ClosedLoop.together(clients, TenStep.WORKFLOW, load).instancesPerSecond();
    }

    private static long owners(OrquestraxClient client) {
        return client.cluster().nodes().stream()
                .filter(node -> !node.partitions().isEmpty())
                .count();
    }
}

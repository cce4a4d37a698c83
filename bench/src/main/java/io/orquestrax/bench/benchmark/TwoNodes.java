package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.NodeProcess;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;

/** Ten steps through two nodes, a worker and half of the callers at each, against one node with all of that. */
final class TwoNodes implements Benchmark {
    private static final Figure RATIO = Figure.atLeast("two-nodes", 0.8, "of one node's");

    @Override
    public List<Figure> figures() {
        return List.of(RATIO);
    }

    @Override
    public Trial open(Environment environment, Scale scale) {
        return new FreshStand(environment, (ready, load, warmUp) -> Map.of(RATIO.name(), ratio(ready, load, warmUp)));
    }

    private static double ratio(ReadyStand ready, Load load, WarmUp warmUp) throws InterruptedException {
        TenStep.WORKFLOW.deploy(ready.client());
        warmUp.untilLevel(ready, TenStep.WORKFLOW);
        double one = rate(List.of(ready.client()), load);
        NodeProcess second = ready.stand().startNode(NodeOptions.DEFAULT);
        ready.stand().startWorker(second.address(), load.inFlight());
        OrquestraxClient client = ready.stand().connect(second.address());
        Waits.until("both nodes own partitions", () -> owners(client) == 2);
        List<OrquestraxClient> both = List.of(ready.client(), client);
        warmUp.untilLevel(ready.stand(), "two nodes", window -> rate(both, window));
        return rate(both, load) / one;
    }

    private static long owners(OrquestraxClient client) {
        return client.cluster().nodes().stream()
                .filter(node -> !node.partitions().isEmpty())
                .count();
    }

    private static double rate(List<OrquestraxClient> clients, Load load) throws InterruptedException {
        return ClosedLoop.together(clients, TenStep.WORKFLOW, load);
    }
}

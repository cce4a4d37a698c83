package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;

/** One instance with very many parallel jobs, and beside it one with a tenth of them. */
final class FanOut implements Benchmark {
    /** Half of what is asked of jobs one after the other. */
    private static final Figure RATE = Figure.atLeast("fan-out", 7500, "jobs/s");

    private static final Figure COST = Figure.atMost("fan-out-cost", 1.3, "of a tenth's per job");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int TENTH = 10;
    private static final String BRANCH = """
                    - b%1$d:
                        call: bench-step
                        with:
                          number: 0
            """;

    @Override
    public List<Figure> figures() {
        return List.of(RATE, COST);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        ReadyStand ready = environment.shared();
        OrquestraxClient client = ready.client();
        int fewer = scale.branches() / TENTH;
        Workflow many = workflow("fan-out", scale.branches());
        Workflow few = workflow("fan-out-tenth", fewer);
        many.deploy(client);
        few.deploy(client);
        return new Trial() {
            @Override
            public void warmUp(WarmUp warmUp) throws InterruptedException {
                warmUp.untilLevel(ready.stand(), many.name(), load -> scale.branches() / seconds(client, many));
            }

            @Override
            public Map<String, Double> run(Load load) {
                // As many jobs of both, so that neither is measured shorter.
                double secondsOfFew = 0;
                for (int run = 0; run < TENTH; run++) {
                    secondsOfFew += seconds(client, few);
                }
                double seconds = seconds(client, many);
                return Map.of(RATE.name(), scale.branches() / seconds, COST.name(), seconds / secondsOfFew);
            }
        };
    }

    private static double seconds(OrquestraxClient client, Workflow workflow) {
        long began = System.nanoTime();
        var _ = workflow.run(client);
        return (System.nanoTime() - began) / NANOS_PER_SECOND;
    }

    private static Workflow workflow(String name, int branches) {
        StringBuilder tasks = new StringBuilder("""
                - all:
                    fork:
                      branches:
                """);
        for (int branch = 1; branch <= branches; branch++) {
            tasks.append(BRANCH.formatted(branch));
        }
        tasks.append("""
                - sum:
                    set:
                      number: ${ [.[] | .. | .number? // empty] | add }
                """);
        return new Workflow(name, tasks.toString(), branches);
    }
}

package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;

/** Tasks that need no worker: {@code set}, {@code switch} and {@code for}. */
final class InEngine implements Benchmark {
    private static final Figure RATE = Figure.atLeast("in-engine", 60_000, "tasks/s");
    private static final int PAIRS = 20;
    private static final int ITERATIONS = 30;

    /** The loop, its body's runs, and the pairs. */
    private static final int TASKS = 1 + ITERATIONS + 2 * PAIRS;

    private static final String PAIR = """
            - add%1$d:
                set:
                  number: ${ .number + 1 }
            - choose%1$d:
                switch:
                  - goOn:
                      when: .number > 0
                      then: continue
                  - neverSo:
                      then: end
            """;
    private static final String LOOP = """
            - loop:
                for:
                  in: ${ [range(%d)] }
                do:
                  - addOne:
                      set:
                        number: ${ .number + 1 }
            """;
    private static final Workflow WORKFLOW = new Workflow("in-engine", tasks(), PAIRS + ITERATIONS);

    @Override
    public List<Figure> figures() {
        return List.of(RATE);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        OrquestraxClient client = environment.shared().client();
        WORKFLOW.deploy(client);
        return load -> Map.of(RATE.name(), TASKS * new ClosedLoop(client, WORKFLOW, load).instancesPerSecond());
    }

    private static String tasks() {
        StringBuilder tasks = new StringBuilder();
        for (int pair = 1; pair <= PAIRS; pair++) {
            tasks.append(PAIR.formatted(pair));
        }
        return tasks.append(LOOP.formatted(ITERATIONS)).toString();
    }
}

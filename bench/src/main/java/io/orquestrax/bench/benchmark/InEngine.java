package io.orquestrax.bench.benchmark;

/** Tasks that need no worker: {@code set}, {@code switch} and {@code for}. */
final class InEngine {
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
    static final Benchmark BENCHMARK =
            new Throughput(new Workflow("in-engine", tasks(), PAIRS + ITERATIONS), TASKS, "tasks", 60_000);

    private InEngine() {}

    private static String tasks() {
        StringBuilder tasks = new StringBuilder();
        for (int pair = 1; pair <= PAIRS; pair++) {
            tasks.append(PAIR.formatted(pair));
        }
        return tasks.append(LOOP.formatted(ITERATIONS)).toString();
    }
}

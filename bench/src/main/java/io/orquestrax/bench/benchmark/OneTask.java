package io.orquestrax.bench.benchmark;

import io.orquestrax.sdk.OrquestraxClient;

/** The smallest workflow: whether a node serves. */
final class OneTask {
    private static final Workflow WORKFLOW = new Workflow("one-task", """
            - last:
                set:
                  number: 1
            """, 1);

    private OneTask() {}

    /** Returns when one has ended. */
    static void run(OrquestraxClient client) {
        WORKFLOW.deploy(client);
        var _ = WORKFLOW.run(client);
    }
}

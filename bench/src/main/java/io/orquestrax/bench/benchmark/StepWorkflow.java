package io.orquestrax.bench.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.sdk.Instance;
import io.orquestrax.sdk.InstanceStatus;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.StartRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A workflow whose steps each add one to a number, by a job: what is counted has also been computed. */
record StepWorkflow(String name, int steps) {
    /** No instance of a benchmark takes so long unless something is broken. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String NAMESPACE = "bench";
    private static final String HEAD = """
            document:
              dsl: '1.0.3'
              namespace: %s
              name: %s
              version: '1.0.0'
            do:
            """;
    private static final String STEP = """
              - step%d:
                  call: bench-step
                  with:
                    number: ${ .number }
            """;

    void deploy(OrquestraxClient client) {
        var _ = client.deploy(document());
    }

    CompletableFuture<Instance> start(OrquestraxClient client) {
        return client.startAsync(StartRequest.of(NAMESPACE, name).withInputJson("{\"number\":0}"));
    }

    /** Fails where the instance has not computed what it should. */
    void check(Instance instance) {
        if (instance.status() == InstanceStatus.COMPLETED
                && instance.outputAs(JsonNode.class).path("number").asInt() == steps) {
            return;
        }
        throw CommandFailure.refused(
                ExitCode.WORKFLOW,
                "bench-broken",
                "Expected the instance " + instance.id() + " of " + name + " to be completed with the number " + steps
                        + ", but it is " + instance.status() + " with the output " + instance.output()
                        + " and the error "
                        + instance.error() + ".",
                List.of(),
                Json.NODES.objectNode().put("title", "An instance of a benchmark went wrong"));
    }

    private String document() {
        StringBuilder document = new StringBuilder(HEAD.formatted(NAMESPACE, name));
        for (int step = 1; step <= steps; step++) {
            document.append(STEP.formatted(step));
        }
        return document.toString();
    }
}

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
import org.jspecify.annotations.Nullable;

/**
 * A workflow of a benchmark: what is counted has also been computed.
 *
 * @param tasks the document's list, as YAML
 * @param number that the output must have
 */
record Workflow(String name, String tasks, int number) {
    static final String NAMESPACE = "bench";

    /** No instance of a benchmark takes so long unless something is broken. */
    static final Duration LIMIT = Duration.ofSeconds(60);

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

    /** Steps one after the other, each a job that adds one to a number. */
    static Workflow ofSteps(String name, int steps) {
        StringBuilder tasks = new StringBuilder();
        for (int step = 1; step <= steps; step++) {
            tasks.append(STEP.formatted(step));
        }
        return new Workflow(name, tasks.toString(), steps);
    }

    void deploy(OrquestraxClient client) {
        var _ = client.deploy(HEAD.formatted(NAMESPACE, name) + tasks.indent(2));
    }

    CompletableFuture<Instance> start(OrquestraxClient client) {
        return client.startAsync(request());
    }

    /** Starts one; it has ended when the future completes. */
    CompletableFuture<Instance> runAsync(OrquestraxClient client) {
        return runAsync(client, LIMIT);
    }

    /** Starts one; it has ended when the future completes, or the time is over. */
    CompletableFuture<Instance> runAsync(OrquestraxClient client, Duration limit) {
        return client.runAsync(request(), limit);
    }

    private StartRequest request() {
        return StartRequest.of(NAMESPACE, name).withInputJson("{\"number\":0}");
    }

    /** Starts one and returns when it has ended as it should. */
    Instance run(OrquestraxClient client) {
        Instance ended = client.run(request(), LIMIT);
        check(ended);
        return ended;
    }

    /** Fails where the instance has not computed what it should. */
    void check(Instance instance) {
        if (instance.status() == InstanceStatus.COMPLETED && numberOf(instance.outputAs(JsonNode.class)) == number) {
            return;
        }
        throw CommandFailure.refused(
                ExitCode.WORKFLOW,
                "bench-broken",
                "Expected the instance " + instance.id() + " of " + name + " to be completed with the number " + number
                        + ", but it is " + instance.status() + " with the output " + instance.output()
                        + " and the error "
                        + instance.error() + ".",
                List.of(),
                Json.NODES.objectNode().put("title", "An instance of a benchmark went wrong"));
    }

    private static int numberOf(@Nullable JsonNode output) {
        return output == null ? -1 : output.path("number").asInt();
    }
}

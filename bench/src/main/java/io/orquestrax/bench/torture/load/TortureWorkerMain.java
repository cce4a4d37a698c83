package io.orquestrax.bench.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orquestrax.bench.environment.ParentWatch;
import io.orquestrax.sdk.worker.HandlerOptions;
import io.orquestrax.sdk.worker.JobContext;
import io.orquestrax.sdk.worker.JobFailure;
import io.orquestrax.sdk.worker.JobHandler;
import io.orquestrax.sdk.worker.RetryPolicy;
import io.orquestrax.sdk.worker.Worker;
import io.orquestrax.server.node.Logging;
import io.orquestrax.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A worker whose handlers add numbers, write down each execution before, and fail or dawdle where that is their part. */
public final class TortureWorkerMain {
    public static final String READY = "Ready";

    private static final int CAPACITY = 64;
    private static final int FAILS_ONE_IN = 3;
    private static final long SHORTEST_WORK_MILLIS = 100;
    private static final long WORK_SPAN_MILLIS = 1_200;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);
    private static final RetryPolicy STUBBORN =
            RetryPolicy.attempts(200).withDelay(Duration.ofMillis(100)).withBackoff(1);

    private TortureWorkerMain() {}

    /** @param arguments the server's address, the worker's name, and the directory of its log */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ParentWatch.start();
        Logging.configure(Settings.load(null, Map.of(), Map.of()));
        ExecutionLog log = ExecutionLog.open(Path.of(arguments[2]), arguments[1]);
        Worker worker = Worker.builder(arguments[0])
                .name(arguments[1])
                .capacity(CAPACITY)
                .handler("torture-add", remembering(log, (input, job) -> sum(input)))
                .handler("torture-add-slowly", remembering(log, TortureWorkerMain::addSlowly))
                .handler("torture-add-fussily", remembering(log, TortureWorkerMain::addUnlessUnlucky))
                .handler(
                        "torture-add-at-last",
                        HandlerOptions.NONE.withRetry(STUBBORN),
                        remembering(log, TortureWorkerMain::addUnlessUnlucky))
                .build()
                .start();
        while (!worker.awaitConnected(Duration.ofSeconds(1))) {
            // The parent bounds this.
        }
        System.out.println(READY);
        worker.runUntilShutdown(DRAIN_LIMIT);
    }

    private static JobHandler<JsonNode, JsonNode> remembering(
            ExecutionLog log, JobHandler<JsonNode, JsonNode> handler) {
        return (input, job) -> {
            log.begin(job.jobId());
            return handler.handle(input, job);
        };
    }

    private static JsonNode addSlowly(JsonNode input, JobContext job) throws InterruptedException {
        Thread.sleep(SHORTEST_WORK_MILLIS + Math.floorMod(job.jobId().hashCode(), WORK_SPAN_MILLIS));
        return sum(input);
    }

    /** Each attempt has its own luck, and always the same. */
    private static JsonNode addUnlessUnlucky(JsonNode input, JobContext job) {
        if (Math.floorMod(job.jobId().hashCode(), FAILS_ONE_IN) == 0) {
            throw JobFailure.of("urn:orquestrax:torture:unlucky", 503).title("Unlucky");
        }
        return sum(input);
    }

    private static JsonNode sum(JsonNode input) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("number", input.path("number").asLong() + input.path("add").asLong());
    }
}

package io.orquestrax.bench.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orquestrax.sdk.worker.Worker;
import io.orquestrax.server.node.Logging;
import io.orquestrax.server.settings.Settings;
import java.time.Duration;
import java.util.Map;

/** A worker whose handlers do next to nothing: what remains is the platform's own time. */
final class WorkerMain {
    static final String READY = "Ready";

    private WorkerMain() {}

    /** @param arguments the server's address, and the jobs at a time */
    public static void main(String[] arguments) throws InterruptedException {
        ParentWatch.start();
        Logging.configure(Settings.load(null, Map.of(), Map.of("log.level", "warn")));
        Worker worker = Worker.builder(arguments[0])
                .name("bench")
                .capacity(Integer.parseInt(arguments[1]))
                .handler("bench-step", (input, job) -> next(input))
                .build()
                .start();
        while (!worker.awaitConnected(Duration.ofSeconds(1))) {
            // The parent bounds this.
        }
        System.out.println(READY);
        worker.runUntilShutdown(Duration.ofSeconds(1));
    }

    private static JsonNode next(JsonNode input) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("number", input.path("number").asInt() + 1);
    }
}

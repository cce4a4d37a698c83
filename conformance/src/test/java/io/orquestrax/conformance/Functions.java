package io.orquestrax.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.sdk.worker.JobFailure;
import io.orquestrax.sdk.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The functions of a scenario, served by a worker of their own. */
final class Functions implements AutoCloseable {
    /** Members that a failure has names of its own for. */
    private static final Set<String> OWN = Set.of("type", "status", "title", "detail");

    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final Map<String, List<JsonNode>> calls = new ConcurrentHashMap<>();
    private @Nullable Worker worker;

    /** What a function does with a call. */
    interface Function {
        /**
         * @param number of the call, from 1
         */
        JsonNode call(JsonNode input, int number) throws Exception;
    }

    /** A function that answers when the scenario tells it to. */
    static final class Told implements Function {
        private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();

        void returns(JsonNode output) {
            answer.complete(output);
        }

        void fails(JsonNode error) {
            answer.completeExceptionally(failure(error));
        }

        @Override
        public JsonNode call(JsonNode input, int number) throws Exception {
            try {
                return answer.get();
            } catch (java.util.concurrent.ExecutionException failed) {
                throw (Exception) Objects.requireNonNull(failed.getCause());
            }
        }
    }

    static JobFailure failure(JsonNode error) {
        JobFailure failure = JobFailure.of(
                error.path("type").asText("https://example.com/errors/failed"),
                error.path("status").asInt(500));
        failure = error.has("title") ? failure.title(error.path("title").asText()) : failure;
        failure = error.has("detail") ? failure.detail(error.path("detail").asText()) : failure;
        for (Map.Entry<String, JsonNode> member : error.properties()) {
            failure = OWN.contains(member.getKey()) ? failure : failure.with(member.getKey(), member.getValue());
        }
        return failure;
    }

    void define(String name, Function function) {
        functions.put(name, function);
    }

    Told told(String name) {
        if (functions.get(name) instanceof Told told) {
            return told;
        }
        throw new AssertionError("Expected '" + name + "' to be a function that waits to be told");
    }

    List<JsonNode> calls(String name) {
        return List.copyOf(calls.getOrDefault(name, List.of()));
    }

    /** Of no effect where there are no functions, or where they are served already. */
    void serve(String target) throws InterruptedException {
        if (functions.isEmpty() || worker != null) {
            return;
        }
        Worker.Builder builder = Worker.builder(target).capacity(100);
        functions.forEach((name, function) -> builder.handler(name, JsonNode.class, (input, context) -> {
            List<JsonNode> all =
                    calls.computeIfAbsent(name, each -> java.util.Collections.synchronizedList(new ArrayList<>()));
            all.add(input);
            return function.call(input, all.size());
        }));
        worker = builder.build().start();
        if (!worker.awaitConnected(Duration.ofSeconds(20))) {
            throw new AssertionError("Expected the worker to connect");
        }
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
    }
}

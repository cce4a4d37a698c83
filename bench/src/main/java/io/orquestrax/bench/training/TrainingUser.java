package io.orquestrax.bench.training;

import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.worker.Worker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A worker and a client of the node in {@link Training}, whose address is the argument. */
public final class TrainingUser {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int INSTANCES = 200;
    private static final List<String> PAGES = List.of("/instances", "/definitions", "/workers", "/metrics", "/readyz");
    private static final String DOCUMENT = """
            document: { dsl: '1.0.3', namespace: training, name: all, version: '1.0.0' }
            do:
              - job:
                  call: train
                  with:
                    number: ${ .number + 1 }
              - choose:
                  switch:
                    - large:
                        when: .number > 1000
                        then: end
              - loop:
                  for:
                    in: ${ [1, 2] }
                  do:
                    - keep:
                        set:
                          number: ${ .number }
              - pause:
                  wait: PT0.01S
            """;

    private TrainingUser() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String address = arguments[0];
        Worker worker = Worker.builder(address)
                .name("training")
                .handler("train", (input, job) -> input)
                .build()
                .start();
        try (worker;
                OrquestraxClient client = OrquestraxClient.connect(address);
                HttpClient http = HttpClient.newHttpClient()) {
            var _ = client.deploy(DOCUMENT);
            for (int number = 0; number < INSTANCES; number++) {
                String id = client.start("training", "all", Map.of("number", number))
                        .id();
                var _ = client.await(id, LIMIT);
            }
            for (String page : PAGES) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(address + page))
                        .timeout(LIMIT)
                        .build();
                var _ = http.send(request, HttpResponse.BodyHandlers.ofString());
            }
        }
    }
}

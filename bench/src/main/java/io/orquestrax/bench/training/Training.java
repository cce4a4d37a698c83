package io.orquestrax.bench.training;

import io.orquestrax.bench.environment.TemporaryDirectory;
import io.orquestrax.cli.node.Doors;
import io.orquestrax.cli.node.RunningNode;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.worker.Worker;
import io.orquestrax.server.node.Logging;
import io.orquestrax.server.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A node, a worker and a client in this process, each used a little. The launcher runs it once after a build and has the
 * JVM write down what was loaded and how it ran ({@code -XX:AOTCacheOutput}).
 */
public final class Training {
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

    private Training() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Settings settings = Settings.load(
                    null,
                    Map.of(),
                    Map.of(
                            "log.level",
                            "warn",
                            "port",
                            "0",
                            "data-directory",
                            directory.path().resolve("data").toString()));
            Logging.configure(settings);
            try (RunningNode node = RunningNode.start(settings, Doors.all(), progress -> {})) {
                use(node.address());
            }
        }
    }

    private static void use(String address) throws IOException, InterruptedException {
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

package io.orquestrax.dashboard;

import io.orquestrax.dashboard.functions.FunctionPage;
import io.orquestrax.dashboard.functions.Parameter;
import io.orquestrax.dashboard.page.JsonView;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.webhooks.TryOut;
import io.orquestrax.dashboard.webhooks.WebhookLine;
import io.orquestrax.dashboard.webhooks.WebhookPage;
import io.orquestrax.dashboard.webhooks.WebhooksPage;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.server.event.EventSink;
import io.orquestrax.server.webhook.WebhookTally;
import io.orquestrax.store.function.StoredFunction;
import io.orquestrax.store.webhook.StoredWebhook;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions and webhooks to look at. */
final class SampleCatalog {
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private SampleCatalog() {}

    static FunctionPage function() {
        StoredFunction newest = function("1.10.0", 60, false);
        return new FunctionPage(
                newest,
                List.of(newest, function("1.2.0", 86_400, false), function("1.0.0", 900_000, true)),
                List.of(new DefinitionId("shop", "fulfil-order", "2.1.0"), new DefinitionId("shop", "refund", "1.0.0")),
                List.of(
                        new Parameter("name", "string", true, "Of whom, as they want to be called", "\"Ada\""),
                        new Parameter("times", "integer or null", false, "", "3")));
    }

    private static StoredFunction function(String version, int ageSeconds, boolean retired) {
        return new StoredFunction(
                "greet",
                version,
                HASH,
                SampleData.SOURCE,
                SampleData.NOW.minusSeconds(ageSeconds),
                "ada",
                retired ? SampleData.NOW.minusSeconds(30) : null);
    }

    static WebhooksPage webhooks() {
        return new WebhooksPage(
                List.of(
                        line(
                                "github",
                                "{\"verification\":{\"scheme\":\"github\",\"secret\":\"github-hook\"},\"event\":{\"type\":"
                                        + "\"\\\"com.github.\\\" + .headers[\\\"x-github-event\\\"]\"}}",
                                1204,
                                3,
                                "Expected a signature of the body with the secret, but it is none."),
                        line("open", "{\"enabled\":false,\"verification\":{\"scheme\":\"none\"}}", 0, 0, null)),
                null,
                List.of(
                        new EventSink("audit", URI.create("https://audit.example.com/in"), List.of()),
                        new EventSink("bills", URI.create("http://bills.internal/in"), List.of("paid", "order.*"))),
                "sinks");
    }

    static WebhookPage webhook() {
        Notice verdict = new Notice(
                Notice.Kind.PROBLEM,
                "It would be refused as it is",
                "Expected the header X-Hub-Signature-256, but there is none.",
                null);
        String event = "{\"specversion\":\"1.0\",\"type\":\"com.github.push\",\"source\":\"/webhooks/github\","
                + "\"id\":\"4711\",\"data\":{\"ref\":\"main\"}}";
        return new WebhookPage(
                webhooks().lines().getFirst(),
                "http://orchestrator.internal:8080/api/v1/hooks/github",
                new TryOut(
                        "Content-Type: application/json\nX-GitHub-Event: push",
                        "",
                        "{\"ref\": \"main\"}",
                        verdict,
                        JsonView.ofText(event, "")));
    }

    private static WebhookLine line(
            String name, String configuration, long accepted, long refused, @Nullable String lastRefusal) {
        return new WebhookLine(
                new StoredWebhook(name, Json.readTrusted(configuration), SampleData.NOW.minusSeconds(7200), "ada"),
                new WebhookTally(
                        accepted, 12, refused, accepted == 0 ? null : SampleData.NOW.minusSeconds(42), lastRefusal));
    }
}

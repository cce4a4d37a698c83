package io.orquestrax.cli.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The subcommands that change webhooks as they are: they differ in the call and the help only. */
final class WebhookChanges {
    private WebhookChanges() {}

    @Command(
            name = "enable",
            header = "Have webhooks take requests again.",
            footer = "  orquestrax webhooks enable github")
    static final class Enable extends Change {
        Enable(Terminal terminal) {
            super(terminal);
        }

        @Override
        JsonNode change(RestApi api, Route webhook) {
            return api.post(webhook.action("enable"), Json.NODES.objectNode());
        }
    }

    @Command(
            name = "disable",
            header = "Have webhooks refuse requests, and keep them.",
            description = "A sender that repeats what was refused delivers it once the webhook is enabled again.",
            footer = "  orquestrax webhooks disable github")
    static final class Disable extends Change {
        Disable(Terminal terminal) {
            super(terminal);
        }

        @Override
        JsonNode change(RestApi api, Route webhook) {
            return api.post(webhook.action("disable"), Json.NODES.objectNode());
        }
    }

    @Command(
            name = "delete",
            header = "Remove webhooks; shows each as it was.",
            description = "What came before stays. Requests are answered with 404 from then on.",
            footer = "  orquestrax webhooks delete github --output json > github.json")
    static final class Delete extends Change {
        Delete(Terminal terminal) {
            super(terminal);
        }

        @Override
        JsonNode change(RestApi api, Route webhook) {
            return api.delete(webhook);
        }
    }

    /** Changes each webhook, in order, and stops at the first that is refused. */
    private abstract static class Change implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(arity = "1..*", paramLabel = "NAME", description = "Webhooks.")
        private List<String> names;

        @Mixin
        private ServerOptions server;

        @Mixin
        private OutputOptions output;

        Change(Terminal terminal) {
            this.terminal = terminal;
        }

        abstract JsonNode change(RestApi api, Route webhook);

        @Override
        public final Integer call() {
            RestApi api = server.connect(terminal);
            for (String name : names) {
                WebhookView.print(terminal, output, change(api, Route.of("webhooks", name)));
            }
            return ExitCode.OK;
        }
    }
}

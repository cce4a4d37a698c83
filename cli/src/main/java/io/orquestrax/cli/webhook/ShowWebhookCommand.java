package io.orquestrax.cli.webhook;

import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one webhook. */
@Command(
        name = "show",
        aliases = "get",
        header = "Show a webhook with what came to it.",
        footer = {
            "  orquestrax webhooks show github",
            "  orquestrax webhooks show github --output json | jq .configuration > github.json"
        })
final class ShowWebhookCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "The webhook.")
    private String name;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    ShowWebhookCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        WebhookView.print(terminal, output, server.connect(terminal).get(Route.of("webhooks", name)));
        return ExitCode.OK;
    }
}

package io.orquestrax.cli.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.definition.SourceFile;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.SourceProblem;
import io.orquestrax.dsl.source.SourceReading;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a webhook, or changes it. */
@Command(
        name = "apply",
        header = "Make a webhook, or change it to what a file says.",
        description =
                "The file holds verification and mapping. It names the secret; its value stands where the server has"
                        + " its secrets.",
        footer = {
            "  orquestrax webhooks apply github github.yaml",
            "  echo 'verification: { scheme: none }' | orquestrax webhooks apply open -"
        })
final class ApplyWebhookCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "NAME", description = "The last step of its address.")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE", description = "YAML or JSON; - reads standard input.")
    private String file;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    ApplyWebhookCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode webhook = server.connect(terminal)
                .put(Route.of("webhooks", name), configuration(SourceFile.read(terminal, file)));
        if (output.json()) {
            OutputOptions.printJson(terminal, webhook);
        } else {
            terminal.out()
                    .println(terminal.outStyle().green("✓") + " "
                            + webhook.path("path").asText() + " takes requests of the kind "
                            + new WebhookView(webhook).scheme());
        }
        return ExitCode.OK;
    }

    private static JsonNode configuration(SourceFile source) {
        SourceReading reading = DocumentReader.read(source.text());
        for (SourceProblem problem : reading.problems()) {
            throw CommandFailure.usage(source.name() + ":" + problem.location().line() + ":"
                    + problem.location().column() + ": " + problem.message());
        }
        return reading.document().orElseThrow().root();
    }
}

package io.orquestrax.cli.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.definition.SourceFile;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells which event a request would become. */
@Command(
        name = "try",
        header = "Tell which event a request would become; nothing is stored.",
        description = "Prints the event. Where the request would be refused, says why and ends with 1.",
        footer = {
            "  orquestrax webhooks try github --header 'X-GitHub-Event: push' --data @push.json",
            "  orquestrax webhooks try open --query source=shop --data '{\"order\": 4711}'"
        })
final class TryWebhookCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "The webhook.")
    private String name;

    @Option(names = "--header", paramLabel = "NAME: VALUE", description = "A header of the request.")
    private List<String> headers = List.of();

    @Option(names = "--query", paramLabel = "NAME=VALUE", description = "A parameter of its query.")
    private Map<String, String> query = Map.of();

    @Option(
            names = "--data",
            paramLabel = "TEXT|@FILE|-",
            description = "Its body: text, @ and a file that holds it, or - for standard input. Default: none.")
    private String data = "";

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    TryWebhookCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode answer =
                server.connect(terminal).post(Route.of("webhooks", name).action("try"), request());
        if (output.json()) {
            OutputOptions.printJson(terminal, answer);
        } else {
            for (String reason : List.of("refusal", "noEvent")) {
                if (answer.has(reason)) {
                    terminal.err()
                            .println(terminal.errStyle().yellow("not taken") + " "
                                    + answer.path(reason).asText());
                }
            }
            if (answer.has("event")) {
                terminal.out().println(answer.path("event").toPrettyString());
            }
        }
        return answer.path("taken").asBoolean() ? ExitCode.OK : ExitCode.WORKFLOW;
    }

    private ObjectNode request() {
        ObjectNode request = Json.NODES.objectNode();
        ObjectNode names = request.putObject("headers");
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw CommandFailure.usage("Expected --header as 'NAME: VALUE', but it is \"" + header + "\".");
            }
            names.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        ObjectNode parameters = request.putObject("query");
        query.forEach(parameters::put);
        return request.put("body", body());
    }

    private String body() {
        if (data.equals("-")) {
            return SourceFile.read(terminal, "-").text();
        }
        return data.startsWith("@")
                ? SourceFile.read(terminal, data.substring(1)).text()
                : data;
    }
}

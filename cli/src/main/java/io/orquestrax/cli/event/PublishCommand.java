package io.orquestrax.cli.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes one CloudEvent. */
@Command(
        name = "publish",
        header = "Publish an event to the instances and schedules that wait for it.",
        description = "Prints the event's id. The same id of the same source again is the same event, and changes"
                + " nothing.",
        footer = {
            "  orquestrax publish --type com.example.order.paid --source /shop --data '{\"order\": 4711}'",
            "  orquestrax publish --type com.example.order.paid --source /shop --id order-4711-paid --subject 4711"
        })
public final class PublishCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--type", required = true, description = "What happened: com.example.order.paid.")
    private String type;

    @Option(names = "--source", required = true, description = "Where it happened: a URI, or a path such as /shop.")
    private String source;

    @Option(names = "--id", description = "Unique in the source. Default: a new one.")
    private @Nullable String id;

    @Option(names = "--subject", description = "What it is about, inside the source.")
    private @Nullable String subject;

    @Option(names = "--data", paramLabel = "JSON", description = "What it has to say. Default: nothing.")
    private @Nullable String data;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public PublishCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode event = event();
        JsonNode answer = server.connect(terminal)
                .post(Route.of("events"), "application/cloudevents+json", Json.writeBytes(event));
        if (output.json()) {
            OutputOptions.printJson(terminal, answer);
            return ExitCode.OK;
        }
        terminal.out().println(event.path("id").asText());
        if (answer.path("duplicates").asInt() > 0) {
            terminal.err().println("It had been published before; nothing has changed.");
        }
        return ExitCode.OK;
    }

    private ObjectNode event() {
        ObjectNode event = Json.NODES
                .objectNode()
                .put("specversion", "1.0")
                .put("id", id == null ? UUID.randomUUID().toString() : id)
                .put("source", source)
                .put("type", type)
                .put("time", terminal.clock().instant().toString());
        if (subject != null) {
            event.put("subject", subject);
        }
        if (data != null) {
            event.put("datacontenttype", "application/json").set("data", json(data));
        }
        return event;
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException malformed) {
            throw CommandFailure.usage("Expected JSON in --data, but at "
                    + malformed.getLocation().getLineNr() + ":"
                    + malformed.getLocation().getColumnNr() + " " + Json.reason(malformed));
        }
    }
}

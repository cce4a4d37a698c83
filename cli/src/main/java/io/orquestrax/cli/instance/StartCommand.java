package io.orquestrax.cli.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.InputOptions;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.definition.DefinitionName;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts an instance, and follows it to its end where asked. */
@Command(
        name = "start",
        header = "Start an instance; --wait follows it to its end.",
        description = "Without --wait: prints the new instance's id. With --wait: shows each step on standard error,"
                + " then prints the output as JSON on standard output (with --output json, the whole instance).",
        footer = {
            "  orquestrax start shop/order --input '{\"total\": 12.50}'",
            "  orquestrax start shop/order/1.2.0 --input @order.json --key order-4711 --wait",
            "  orquestrax start shop/order --wait --timeout PT1M | jq .invoice",
            "  generate-order | orquestrax start shop/order --input - --tag source=import"
        })
public final class StartCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "DEFINITION",
            description = "NAMESPACE/NAME for the highest version, or NAMESPACE/NAME/VERSION.")
    private String definition;

    @Mixin
    private InputOptions input;

    @Option(
            names = {"-k", "--key"},
            description = "A key of your own, unique among the open instances of the definition.")
    private @Nullable String key;

    @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "May be repeated.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = {"-w", "--wait"},
            description = "Follow it to its end; the exit code tells how it ended.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "With --wait: follow no longer than this (PT30S, PT1H); the instance goes on.")
    private @Nullable Duration timeout;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public StartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode request = Json.NODES.objectNode();
        request.set("definition", DefinitionName.parse(definition).asJson());
        request.set("input", input.read(terminal));
        if (key != null) {
            request.put("key", key);
        }
        if (!tags.isEmpty()) {
            ObjectNode members = request.putObject("tags");
            tags.forEach(members::put);
        }
        RestApi api = server.connect(terminal);
        InstanceView started = new InstanceView(api.post(Route.of("instances"), request));
        return wait ? follow(api, started) : told(started);
    }

    private int told(InstanceView started) {
        if (output.json()) {
            OutputOptions.printJson(terminal, started.json());
        } else {
            terminal.out().println(started.id());
            if (terminal.errLive()) {
                terminal.err()
                        .println(terminal.errStyle()
                                .faint("Started " + started.definition().text() + ". Follow it:  orquestrax watch "
                                        + started.id()));
            }
        }
        return ExitCode.OK;
    }

    private int follow(RestApi api, InstanceView started) {
        InstanceView ended = new Follower(terminal, api, terminal.err(), terminal.errStyle(), terminal.errLive())
                .follow(started, timeout);
        if (output.json()) {
            OutputOptions.printJson(terminal, ended.json());
        } else if (ended.json().hasNonNull("output")) {
            terminal.out()
                    .println(
                            terminal.outLive()
                                    ? ended.json().path("output").toPrettyString()
                                    : Json.write(ended.json().path("output")));
        }
        return ended.exitCode();
    }
}

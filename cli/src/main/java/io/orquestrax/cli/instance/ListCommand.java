package io.orquestrax.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ListOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.cli.terminal.Times;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists instances, newest first. */
@Command(
        name = "list",
        header = "List instances, newest first.",
        footer = {
            "  orquestrax list",
            "  orquestrax list --status faulted --namespace shop --name order",
            "  orquestrax list --status running,waiting --all --output json | jq -r .id"
        })
public final class ListCommand implements Callable<Integer> {
    private static final Set<String> STATUSES =
            Set.of("pending", "running", "waiting", "suspended", "cancelled", "faulted", "completed");

    private final Terminal terminal;

    @Option(
            names = "--status",
            split = ",",
            description = "Any of pending, running, waiting, suspended, cancelled, faulted, completed.")
    private List<String> statuses = List.of();

    @Option(names = "--namespace", description = "Only of this namespace.")
    private String namespace = "";

    @Option(names = "--name", description = "Only of definitions of this name.")
    private String name = "";

    @Option(
            names = {"-k", "--key"},
            description = "Only with this key.")
    private String key = "";

    @Option(names = "--parent", paramLabel = "ID", description = "Only those that tasks of this instance started.")
    private String parent = "";

    @Mixin
    private ListOptions listing;

    public ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        for (String status : statuses) {
            if (!STATUSES.contains(status)) {
                throw CommandFailure.usage("Expected --status to be one of pending, running, waiting, suspended,"
                        + " cancelled, faulted, completed, but it is \"" + status + "\".");
            }
        }
        return listing.print(
                terminal,
                "instances",
                this::route,
                new Table("STATUS", "ID", "DEFINITION", "KEY", "STARTED", "LASTED"),
                this::cells,
                "No instance matches. Start one:  orquestrax start NAMESPACE/NAME");
    }

    private Route route() {
        return Route.of("instances")
                .with("status", String.join(",", statuses))
                .with("namespace", namespace)
                .with("name", name)
                .with("key", key)
                .with("parent", parent);
    }

    private List<String> cells(JsonNode item) {
        InstanceView instance = new InstanceView(item);
        Instant now = terminal.clock().instant();
        return List.of(
                terminal.outStyle().state(instance.status()),
                instance.id(),
                instance.definition().text(),
                instance.key(),
                instance.time("startedAt")
                        .map(start -> Times.relative(start, now))
                        .orElse(""),
                instance.isClosed() ? instance.length(now) : "");
    }
}

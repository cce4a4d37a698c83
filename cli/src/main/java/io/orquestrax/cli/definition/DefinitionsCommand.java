package io.orquestrax.cli.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.PageOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.Pages;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.cli.terminal.Times;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what is deployed, or prints one definition's source. */
@Command(
        name = "definitions",
        header = "List what is deployed, or print one definition's source.",
        footer = {
            "  orquestrax definitions",
            "  orquestrax definitions --namespace shop --all",
            "  orquestrax definitions shop/order/1.2.0 > order.yaml"
        })
public final class DefinitionsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "NAMESPACE/NAME/VERSION", description = "Print the source of this one.")
    private @Nullable String definition;

    @Option(names = "--namespace", description = "Only of this namespace.")
    private String namespace = "";

    @Option(names = "--name", description = "Only of this name.")
    private String name = "";

    @Mixin
    private PageOptions paging;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public DefinitionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RestApi api = server.connect(terminal);
        if (definition == null) {
            return list(api, namespace, name);
        }
        DefinitionName wanted = DefinitionName.parse(definition);
        return wanted.version().isEmpty() ? list(api, wanted.namespace(), wanted.name()) : print(api, wanted);
    }

    private int print(RestApi api, DefinitionName wanted) {
        JsonNode answer = api.get(Route.of("definitions", wanted.namespace(), wanted.name(), wanted.version()));
        if (output.json()) {
            OutputOptions.printJson(terminal, answer);
        } else {
            String source = answer.path("source").asText();
            terminal.out().print(source.endsWith("\n") ? source : source + "\n");
        }
        return ExitCode.OK;
    }

    private int list(RestApi api, String ofNamespace, String ofName) {
        Table table = new Table("NAMESPACE", "NAME", "VERSION", "DEPLOYED", "TITLE");
        boolean more = Pages.each(
                api,
                () -> Route.of("definitions").with("namespace", ofNamespace).with("name", ofName),
                "definitions",
                paging.limit(),
                item -> {
                    if (output.json()) {
                        OutputOptions.printJson(terminal, item);
                    } else {
                        add(table, item);
                    }
                });
        if (!output.json()) {
            if (table.isEmpty()) {
                terminal.out().println("Nothing is deployed. Deploy a definition:  orquestrax deploy FILE");
            } else {
                table.print(terminal);
            }
            if (more) {
                terminal.err().println("There are more: --all shows every one.");
            }
        }
        return ExitCode.OK;
    }

    private void add(Table table, JsonNode item) {
        DefinitionName id = DefinitionName.of(item);
        String deployedAt = item.path("deployedAt").asText("");
        table.add(
                id.namespace(),
                id.name(),
                id.version(),
                deployedAt.isEmpty()
                        ? ""
                        : Times.relative(
                                Instant.parse(deployedAt), terminal.clock().instant()),
                item.path("title").asText(""));
    }
}

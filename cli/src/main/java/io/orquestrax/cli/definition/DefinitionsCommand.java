package io.orquestrax.cli.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.ListOptions;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.cli.terminal.Times;
import java.util.List;
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
    private ListOptions listing;

    public DefinitionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (definition == null) {
            return list(namespace, name);
        }
        DefinitionName wanted = DefinitionName.parse(definition);
        return wanted.version().isEmpty() ? list(wanted.namespace(), wanted.name()) : print(wanted);
    }

    private int print(DefinitionName wanted) {
        JsonNode answer = listing.connect(terminal)
                .get(Route.of("definitions", wanted.namespace(), wanted.name(), wanted.version()));
        if (listing.json()) {
            OutputOptions.printJson(terminal, answer);
        } else {
            String source = answer.path("source").asText();
            terminal.out().print(source.endsWith("\n") ? source : source + "\n");
        }
        return ExitCode.OK;
    }

    private int list(String ofNamespace, String ofName) {
        return listing.print(
                terminal,
                "definitions",
                () -> Route.of("definitions").with("namespace", ofNamespace).with("name", ofName),
                new Table("NAMESPACE", "NAME", "VERSION", "DEPLOYED", "TITLE"),
                this::cells,
                "Nothing is deployed. Deploy a definition:  orquestrax deploy FILE");
    }

    private List<String> cells(JsonNode item) {
        DefinitionName id = DefinitionName.of(item);
        return List.of(
                id.namespace(),
                id.name(),
                id.version(),
                Times.ofMember(item, "deployedAt", terminal),
                item.path("title").asText(""));
    }
}

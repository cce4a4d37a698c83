package io.orquestrax.cli.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives definitions to the server. */
@Command(
        name = "deploy",
        header = "Give definitions to the server.",
        description = "Deploying the same content again changes nothing. A deployed version never changes: the same"
                + " version with other content is refused, so raise document.version.",
        footer = {
            "  orquestrax deploy order.yaml",
            "  orquestrax deploy workflows/*.yaml --server http://orchestrator:8080"
        })
public final class DeployCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML or JSON; - reads standard input.")
    private List<String> files;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public DeployCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RestApi api = server.connect(terminal);
        for (String name : files) {
            deploy(api, SourceFile.read(terminal, name));
        }
        return ExitCode.OK;
    }

    private void deploy(RestApi api, SourceFile file) {
        JsonNode answer;
        try {
            answer = api.post(Route.of("definitions"), file.mediaType(), file.bytes());
        } catch (CommandFailure refused) {
            throw output.json() ? refused : withPlaces(terminal, refused, file);
        }
        if (output.json()) {
            OutputOptions.printJson(terminal, answer);
            return;
        }
        for (JsonNode warning : answer.path("warnings")) {
            Finding.of(warning).lines(file, terminal.errStyle()).forEach(terminal.err()::println);
        }
        boolean created = answer.path("created").asBoolean(true);
        terminal.out()
                .println(terminal.outStyle().green("✓") + " "
                        + DefinitionName.of(answer.path("definition")).text()
                        + (created ? " is deployed" : " was there already, unchanged"));
    }

    /** The document is at hand, so its lines can be shown. */
    public static CommandFailure withPlaces(Terminal terminal, CommandFailure refused, SourceFile file) {
        JsonNode violations = refused.asProblem().path("violations");
        if (violations.isEmpty()) {
            return refused;
        }
        for (JsonNode violation : violations) {
            Finding.of(violation).lines(file, terminal.errStyle()).forEach(terminal.err()::println);
        }
        return CommandFailure.refused(
                ExitCode.WORKFLOW,
                refused.asProblem().path("code").asText(),
                refused.asProblem().path("detail").asText(),
                List.of(),
                refused.asProblem());
    }
}

package io.orquestrax.cli.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.definition.DeployCommand;
import io.orquestrax.cli.definition.SourceFile;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a function to the default catalog. */
@Command(
        name = "deploy",
        header = "Give a function to the server.",
        description = "The file holds one task. A deployed version never changes, and definitions keep the function as"
                + " it was when they were deployed.",
        footer = {"  orquestrax functions deploy log.yaml --name log --version 1.0.0"})
final class DeployFunctionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "YAML or JSON; - reads standard input.")
    private String file;

    @Option(names = "--name", required = true, description = "By which workflows call it.")
    private String name;

    @Option(names = "--version", required = true, description = "Semantic, such as 1.0.0.")
    private String version;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    DeployFunctionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SourceFile source = SourceFile.read(terminal, file);
        JsonNode answer;
        try {
            answer = server.connect(terminal)
                    .post(Route.of("functions", name, version), source.mediaType(), source.bytes());
        } catch (CommandFailure refused) {
            throw output.json() ? refused : DeployCommand.withPlaces(terminal, refused, source);
        }
        if (output.json()) {
            OutputOptions.printJson(terminal, answer);
        } else {
            terminal.out().println(terminal.outStyle().green("✓") + " call: " + name + ":" + version + "@default");
        }
        return ExitCode.OK;
    }
}

package io.orquestrax.bench;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures this build on this machine. */
@Command(
        name = "bench",
        header = "Measure this build on this machine.",
        description = "Starts a node with its own PostgreSQL and a worker, each a process of its own, in a temporary"
                + " directory; drives them by the client; ends them, and removes the directory.",
        footer = {"  orquestrax bench", "  orquestrax bench --only one-step --output json"})
public final class BenchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--only", paramLabel = "NAME", description = "Only this one; may be repeated.")
    private List<String> only = List.of();

    @Mixin
    private OutputOptions output;

    public BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.err().println("Nothing is measured yet: " + only);
        throw CommandFailure.usage("Expected a benchmark, but there is none yet.");
    }
}

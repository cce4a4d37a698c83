package io.orquestrax.cli;

import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.terminal.Terminal;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Wrong arguments: one line that says which, what may have been meant, and where the help is. */
final class UsageReport implements IParameterExceptionHandler {
    private final Terminal terminal;

    UsageReport(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        terminal.err().println(terminal.errStyle().red("error") + " " + wrong.getMessage());
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            CommandLine line = unmatched.getCommandLine();
            Set<String> known = new TreeSet<>(line.getSubcommands().keySet());
            known.addAll(line.getCommandSpec().optionsMap().keySet());
            Nearest.to(unmatched.getUnmatched().getFirst(), known)
                    .ifPresent(meant -> terminal.err()
                            .println("Did you mean: "
                                    + (meant.startsWith("-")
                                            ? ""
                                            : line.getCommandSpec().qualifiedName() + " ") + meant));
        }
        terminal.err().println("See: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}

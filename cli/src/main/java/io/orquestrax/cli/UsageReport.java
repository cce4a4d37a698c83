package io.orquestrax.cli;

import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.terminal.Terminal;
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
        if (wrong instanceof UnmatchedArgumentException) {
            UnmatchedArgumentException.printSuggestions(wrong, new java.io.PrintWriter(terminal.err(), true));
        }
        terminal.err().println("See: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}

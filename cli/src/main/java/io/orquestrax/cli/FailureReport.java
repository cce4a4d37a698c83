package io.orquestrax.cli;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Tells why a command ended: a sentence and lines below it, or problem details; a stack trace only with --debug. */
final class FailureReport implements IExecutionExceptionHandler {
    private final Terminal terminal;
    private final BooleanSupplier isClosing;

    /** @param isClosing whether a signal ended the process, so that it closes what its command still uses */
    FailureReport(Terminal terminal, BooleanSupplier isClosing) {
        this.terminal = terminal;
        this.isClosing = isClosing;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine line, ParseResult parsed) {
        boolean debug = "true".equals(valueOf(line, "--debug"));
        if (debug) {
            exception.printStackTrace(terminal.err());
        }
        if (isClosing.getAsBoolean()) {
            return ExitCode.INTERNAL;
        }
        if (exception instanceof CommandFailure failure) {
            tell(failure, "json".equals(valueOf(line, "--output")));
            return failure.exitCode();
        }
        terminal.err()
                .println(terminal.errStyle().red("error") + " Expected the command to work, but it met a bug of ours: "
                        + exception);
        if (!debug) {
            terminal.err().println("  Run it again with --debug to see where.");
        }
        return ExitCode.INTERNAL;
    }

    private void tell(CommandFailure failure, boolean json) {
        if (json) {
            terminal.err().println(Json.write(failure.asProblem()));
            return;
        }
        terminal.err().println(terminal.errStyle().red("error") + " " + failure.sentence());
        failure.below().forEach(below -> terminal.err().println("  " + below));
    }

    private static String valueOf(CommandLine line, String option) {
        OptionSpec spec = line.getCommandSpec().optionsMap().get(option);
        return spec == null ? "" : String.valueOf((Object) spec.getValue());
    }
}

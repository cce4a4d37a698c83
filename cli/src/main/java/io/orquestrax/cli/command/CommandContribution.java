package io.orquestrax.cli.command;

import io.orquestrax.cli.terminal.Terminal;

/** A subcommand of another module, found by {@link java.util.ServiceLoader}: modules above this one add theirs so. */
public interface CommandContribution {

    /** An object with picocli's annotations, a {@code Callable<Integer>} whose result is the exit code. */
    Object command(Terminal terminal);
}

package io.orquestrax.bench;

import io.orquestrax.cli.command.CommandContribution;
import io.orquestrax.cli.terminal.Terminal;

/** The subcommand {@code bench}. */
public final class BenchContribution implements CommandContribution {

    @Override
    public Object command(Terminal terminal) {
        return new BenchCommand(terminal);
    }
}

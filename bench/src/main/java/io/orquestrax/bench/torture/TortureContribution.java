package io.orquestrax.bench.torture;

import io.orquestrax.cli.command.CommandContribution;
import io.orquestrax.cli.terminal.Terminal;

/** The subcommand {@code torture}. */
public final class TortureContribution implements CommandContribution {

    @Override
    public Object command(Terminal terminal) {
        return new TortureCommand(terminal);
    }
}

package io.orquestrax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.testing.TestingTerminal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureReportTest {
    private static final IllegalStateException LOST = new IllegalStateException("Channel shutdown invoked");

    private final TestingTerminal terminal = new TestingTerminal("", Map.of());

    @Test
    void callsAnUnexpectedFailureABug() {
        assertThat(report(LOST, false)).isEqualTo(ExitCode.INTERNAL);
        assertThat(terminal.err()).contains("bug of ours", "Channel shutdown invoked", "--debug");
    }

    @Test
    void tellsWhatWasForeseen() {
        CommandFailure foreseen = CommandFailure.usage("Expected a port, but got none");

        assertThat(report(foreseen, false)).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("Expected a port, but got none").doesNotContain("bug");
    }

    /** A Ctrl-C closes the connections of whatever is under way, and whoever pressed it knows why that fails. */
    @Test
    void saysNothingOfWhatFailsWhileTheProcessCloses() {
        assertThat(report(LOST, true)).isEqualTo(ExitCode.INTERNAL);
        assertThat(report(CommandFailure.unreachable("Channel shutdown invoked", List.of(), LOST), true))
                .isEqualTo(ExitCode.INTERNAL);
        assertThat(terminal.err()).isEmpty();
    }

    private int report(Exception failure, boolean isClosing) {
        CommandLine line = new CommandLine(new Nothing());
        return new FailureReport(terminal.terminal(), () -> isClosing)
                .handleExecutionException(failure, line, line.parseArgs());
    }

    @Command(name = "nothing")
    private static final class Nothing {}
}

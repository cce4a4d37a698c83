package io.orquestrax.bench;

import io.orquestrax.cli.Orquestrax;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** What the command said, and how it ended. */
public record TestingBench(int exitCode, String out, String err) {

    /** In this process, without a terminal. */
    public static TestingBench run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                new Style(false),
                new Style(false),
                false,
                false,
                100,
                Map.of(),
                Clock.systemUTC());
        int exitCode = Orquestrax.run(terminal, arguments);
        return new TestingBench(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

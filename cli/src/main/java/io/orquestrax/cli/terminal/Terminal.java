package io.orquestrax.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * Where a command reads and writes: standard streams, what they are connected to, the environment and the clock.
 *
 * <p>Text is UTF-8 whatever the locale says, since the payloads are.
 *
 * @param outStyle for standard output
 * @param errStyle for standard error
 * @param outLive whether standard output is a terminal, where text can be drawn again
 * @param errLive whether standard error is
 * @param width columns of the terminal
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Style outStyle,
        Style errStyle,
        boolean outLive,
        boolean errLive,
        int width,
        Map<String, String> environment,
        Clock clock) {

    /** Set by the launcher, which can ask for each stream: words of {@code out}, {@code err}, {@code columns=N}. */
    public static final String PROPERTY = "orquestrax.terminal";

    private static final int USUAL_WIDTH = 100;

    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** Of this process. */
    public static Terminal ofProcess() {
        Map<String, String> environment = System.getenv();
        String told = System.getProperty(PROPERTY);
        boolean consoleIsTerminal =
                told == null && System.console() != null && System.console().isTerminal();
        boolean outLive = consoleIsTerminal || (told != null && told.contains("out"));
        boolean errLive = consoleIsTerminal || (told != null && told.contains("err"));
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.in,
                new Style(outLive && colours),
                new Style(errLive && colours),
                outLive,
                errLive,
                width(told),
                environment,
                Clock.systemUTC());
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13), true, StandardCharsets.UTF_8);
    }

    private static int width(@org.jspecify.annotations.Nullable String told) {
        if (told != null) {
            for (String word : told.split(" ", -1)) {
                if (word.matches("columns=[1-9][0-9]{0,4}")) {
                    return Integer.parseInt(word.substring("columns=".length()));
                }
            }
        }
        return USUAL_WIDTH;
    }
}

package io.orquestrax.cli.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The orquestrax command as a process, on this test's class path without what only tests and examples need. */
public final class TestingCommand {
    private static final Pattern NOT_OF_THE_PRODUCT =
            Pattern.compile(".*(/test-classes/?|/surefire[^/]*|/junit-[^/]*|/assertj-[^/]*|-tests\\.jar"
                    + "|/(data-pipeline-example|commons-csv|commons-math3)-[^/]*|/data-pipeline/target/classes/?"
                    + "|/playwright[^/]*|/driver[^/]*)");

    /** A JVM that was started in the background ignores SIGINT, and its children would too. */
    private static final List<String> DEFAULT_SIGNALS = defaultSignals();

    private TestingCommand() {}

    /** Starts it. */
    public static TestingProcess start(
            String name, Path workingDirectory, Optional<Path> home, List<String> arguments) {
        List<String> command = new ArrayList<>(DEFAULT_SIGNALS);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m"));
        home.ifPresent(path -> command.add("-Dorquestrax.home=" + path));
        command.addAll(List.of("-cp", productClassPath(), "io.orquestrax.cli.Orquestrax"));
        command.addAll(arguments);
        return TestingProcess.start(name, command, workingDirectory, Map.of());
    }

    /** Runs it to its end. */
    public static TestingProcess run(Path workingDirectory, String... arguments) {
        TestingProcess process = start(arguments[0], workingDirectory, Optional.empty(), List.of(arguments));
        process.awaitExit(Duration.ofMinutes(2));
        return process;
    }

    private static List<String> defaultSignals() {
        List<String> prefix = List.of("env", "--default-signal=INT");
        List<String> trial = Stream.concat(prefix.stream(), Stream.of("true")).toList();
        try {
            Process process =
                    new ProcessBuilder(trial).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0 ? prefix : List.of();
        } catch (IOException notThere) {
            return List.of();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static String productClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !NOT_OF_THE_PRODUCT.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}

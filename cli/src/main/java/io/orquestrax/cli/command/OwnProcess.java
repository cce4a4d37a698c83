package io.orquestrax.cli.command;

import io.orquestrax.cli.Orquestrax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This command again, as a process of its own. */
public final class OwnProcess {
    /** Where the launcher stands; set by it. */
    public static final String HOME_PROPERTY = "orquestrax.home";

    /** The cache of loaded and linked classes that the launcher has; set by it where there is one. */
    private static final String AOT_CACHE_PROPERTY = "orquestrax.aot";

    /** What a node or a worker gets: a collector for long runs, and little memory while there is little to do. */
    public static final List<String> SERVING = List.of(
            "-XX:MaxRAMPercentage=25",
            "-Xms32m",
            "-XX:+UseG1GC",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:G1PeriodicGCInterval=15000",
            "-XX:TrimNativeHeapInterval=10000",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0");

    private OwnProcess() {}

    /** The same JVM and class path. */
    public static List<String> command(List<String> jvmOptions, List<String> arguments) {
        return command(jvmOptions, Orquestrax.class, arguments);
    }

    /** As the other, with another class that has a {@code main}. */
    public static List<String> command(List<String> jvmOptions, Class<?> mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseCompactObjectHeaders"));
        command.addAll(jvmOptions);
        Optional.ofNullable(System.getProperty(AOT_CACHE_PROPERTY))
                .ifPresent(cache ->
                        command.addAll(List.of("-XX:AOTCache=" + cache, "-D" + AOT_CACHE_PROPERTY + "=" + cache)));
        home().ifPresent(home -> command.add("-D" + HOME_PROPERTY + "=" + home));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(arguments);
        return command;
    }

    /** The folder of the product; empty where the launcher was not used. */
    public static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty(HOME_PROPERTY)).map(Path::of);
    }
}

package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.CallSecrets;
import io.orquestrax.store.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No process is left of a run, whatever it started, and whatever ends it. */
@Timeout(120)
class ProcessRemainsTest {
    static final ProcessLimits LIMITS = new ProcessLimits(Duration.ofSeconds(60), 512L << 20, 1 << 20, 64L << 20, 64);

    /** What keeps a run together. */
    enum Way {
        STRICTEST,
        BY_ENVIRONMENT
    }

    /** Found by it among all processes of the machine. */
    private final String number = "86" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);

    /** A child, a grandchild, one in a session of its own, and all of them deaf. */
    private final String command =
            "trap '' TERM HUP INT; sleep " + number + " & (sleep " + number + " & sleep " + number
                    + ") & setsid sh -c 'trap \"\" TERM; sleep " + number + "; sleep " + number
                    + "' >/dev/null 2>&1 & (setsid setsid sleep " + number + " &) & ";

    @ParameterizedTest
    @EnumSource(Way.class)
    void nothingIsLeftOfARunThatEnds(Way way) throws Exception {
        try (Machine machine = machine(way)) {
            run(machine, command + "until [ $(ls /proc | wc -l) -gt 0 ]; do :; done; exit 0");

            assertThat(remains()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nothingIsLeftOfARunThatIsCancelled(Way way) throws Exception {
        try (Machine machine = machine(way)) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread running = Thread.ofVirtual().start(() -> {
                try {
                    run(machine, command + "wait");
                } catch (InterruptedException | ConnectorFailure expected) {
                    end.set(expected);
                }
            });
            Waiting.until("all processes run", () -> remains().size() >= 5);

            running.interrupt();
            running.join();

            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            assertThat(remains()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nothingIsLeftWhereTheWorkerIsKilled(Way way) throws Exception {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProcessRemainsTest.class.getName(),
                        way.name(),
                        command + "wait")
                .inheritIO()
                .start();
        try {
            Waiting.until("all processes run", () -> remains().size() >= 5);
        } finally {
            worker.destroyForcibly().waitFor();
        }

        Waiting.until("no process is left", () -> remains().isEmpty());
        // The next worker removes the group of the run, once the kernel is done with it.
        List<String> base = Confinement.dieWithParent(Tools.ofThisProcess()).orElseThrow();
        ControlGroups groups = ControlGroups.detect(base).orElse(null);
        if (groups != null) {
            Waiting.until("no group is left", () -> {
                groups.removeLeftovers();
                return isWithoutGroup(groups, worker.pid());
            });
        }
    }

    private static boolean isWithoutGroup(ControlGroups groups, long process) throws IOException {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(groups.parent(), "orquestrax-run-" + process + "-*")) {
            return !left.iterator().hasNext();
        }
    }

    /** A worker that does one job: the way, and the command. */
    public static void main(String[] arguments) throws Exception {
        try (Machine machine = machine(Way.valueOf(arguments[0]))) {
            run(machine, arguments[1]);
        }
    }

    private static void run(Machine machine, String command) throws ConnectorFailure, InterruptedException {
        var with = Json.NODES.objectNode().put("command", command);
        new ShellConnector(machine).perform(with, new CallSecrets(name -> Optional.empty()), "key");
    }

    static Machine machine(Way way) {
        Tools tools = Tools.ofThisProcess();
        return switch (way) {
            case STRICTEST -> new Machine(LIMITS);
            case BY_ENVIRONMENT ->
                new Machine(
                        LIMITS,
                        Confinement.detect(
                                tools, Confinement.dieWithParent(tools).orElseThrow(), false));
        };
    }

    private List<String> remains() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path each : processes) {
                String words = words(each);
                if (words.startsWith("sleep\0" + number)) {
                    found.add(each.getFileName() + " " + words);
                }
            }
        }
        return found;
    }

    private static String words(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}

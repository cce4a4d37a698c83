package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that outlives this one, to kill what was left of the runs that it marked, and then ends itself.
 *
 * <p>It reads from a pipe that closes with this process, however it dies.
 */
record Watchdog(Process process) {
    static final String VARIABLE = "ORQUESTRAX_RUN";

    private static final Path PROCESSES = Path.of("/proc");
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            cat >/dev/null
            round=0
            while [ $round -lt 100 ]; do
              found=
              for each in /proc/[0-9]*; do
                if grep -aqsF "$1" "$each/environ"; then
                  kill -9 "${each#/proc/}" 2>/dev/null && found=1
                fi
              done
              [ -n "$found" ] || exit 0
              round=$((round + 1))
            done
            """;

    static Watchdog start(String mark) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "watchdog", VARIABLE + "=" + mark + ".");
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        return new Watchdog(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * The processes of a run, by what stands in their environment.
     *
     * @param max to be found
     */
    static List<ProcessHandle> marked(String mark, int max) {
        byte[] wanted = wanted(mark);
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path each : processes) {
                if (isMarked(each, wanted)) {
                    handle(each).ifPresent(found::add);
                }
                if (found.size() >= max) {
                    return found;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Ends each as soon as it is found, since it may start others, and returns how many were. */
    static int kill(String mark) {
        byte[] wanted = wanted(mark);
        int killed = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path each : processes) {
                if (isMarked(each, wanted)
                        && handle(each).filter(ProcessHandle::destroyForcibly).isPresent()) {
                    killed++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return killed;
    }

    private static byte[] wanted(String mark) {
        return (VARIABLE + "=" + mark + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<ProcessHandle> handle(Path process) {
        return ProcessHandle.of(Long.parseLong(String.valueOf(process.getFileName())));
    }

    private static boolean isMarked(Path process, byte[] wanted) {
        try {
            String environment =
                    new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
            return environment.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException goneOrOfAnotherUser) {
            return false;
        }
    }
}

package io.orquestrax.server.connector.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds programs of this machine, and knows what environment they run in. */
record Tools(String path) {
    private static final List<String> USUAL =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    /** With what the process itself has, and the usual places after it. */
    static Tools ofThisProcess() {
        List<String> places = new ArrayList<>();
        String own = Objects.requireNonNullElse(System.getenv("PATH"), "");
        for (String place : own.split(File.pathSeparator, -1)) {
            if (place.startsWith("/")) {
                places.add(place);
            }
        }
        USUAL.stream().filter(each -> !places.contains(each)).forEach(places::add);
        return new Tools(String.join(File.pathSeparator, places));
    }

    Optional<String> find(String program) {
        for (String place : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(place, program);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return Optional.of(file.toString());
            }
        }
        return Optional.empty();
    }

    /** Nothing of the worker's own environment, in which secrets may stand. */
    Map<String, String> environment(Path directory) {
        return Map.of("PATH", path, "HOME", directory.toString(), "TMPDIR", directory.toString(), "LANG", "C.UTF-8");
    }
}

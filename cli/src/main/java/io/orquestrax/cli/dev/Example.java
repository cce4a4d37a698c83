package io.orquestrax.cli.dev;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A workflow that ships with the product.
 *
 * @param home the product's folder: examples name their files from there
 * @param directory holds the workflow
 * @param handlers holds the jars of its handlers; may be absent on disk
 */
record Example(String name, Path home, Path directory, Path handlers) {

    /** All that are in the product's folder; none elsewhere. */
    static List<Example> all(Optional<Path> home) {
        Path folder = home.map(path -> path.resolve("examples")).orElse(Path.of(""));
        List<Example> examples = new ArrayList<>();
        if (home.isEmpty() || !Files.isDirectory(folder)) {
            return examples;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry.resolve("workflow.yaml"))) {
                    String name = entry.getFileName().toString();
                    Path handlers = home.get().resolve("bench/target/distribution/examples/" + name);
                    examples.add(new Example(name, home.get(), entry, handlers));
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        examples.sort(java.util.Comparator.comparing(Example::name));
        return examples;
    }

    Path workflow() {
        return directory.resolve("workflow.yaml");
    }

    boolean hasHandlers() {
        return Files.isDirectory(handlers);
    }
}

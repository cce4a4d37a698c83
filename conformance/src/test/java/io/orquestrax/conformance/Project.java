package io.orquestrax.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project lies. */
final class Project {
    private Project() {}

    /**
     * @param path relative to the project's own directory
     */
    static Path file(String path) {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("Expected to run inside the project");
            }
        }
        Path file = directory.resolve(path).normalize();
        if (!Files.exists(file)) {
            throw new IllegalStateException("Expected " + path + " beside or in the project, but it is not there");
        }
        return file;
    }
}

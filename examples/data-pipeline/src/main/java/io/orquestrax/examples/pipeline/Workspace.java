package io.orquestrax.examples.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The directory that the steps share. What travels between steps are references: paths relative to it, or absolute
 * ones where the file lies elsewhere.
 */
record Workspace(Path directory) {

    /** Writes a file's content. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream output) throws IOException;
    }

    /**
     * @throws io.orquestrax.sdk.worker.JobFailure where there is no such file
     */
    Path existing(String reference) {
        try {
            Path path = directory.resolve(reference).normalize();
            if (Files.isRegularFile(path)) {
                return path;
            }
        } catch (InvalidPathException notAPath) {
            throw PipelineError.FILE_NOT_FOUND.in(reference, "it is not a path: " + notAPath.getReason());
        }
        throw PipelineError.FILE_NOT_FOUND.in(reference, "there is none in " + directory);
    }

    String reference(Path path) {
        return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
    }

    /**
     * Writes beside the file first, and puts it in place in one step: who reads it sees all of it or nothing. A second
     * writing replaces the first.
     */
    Path write(Path relative, Content content) throws IOException {
        Path target = directory.resolve(relative);
        Path parent = directory.resolve(relative).getParent();
        Files.createDirectories(parent);
        Path staging = Files.createTempFile(parent, target.getFileName() + ".", ".part");
        try {
            try (OutputStream output = Files.newOutputStream(staging)) {
                content.writeTo(output);
            }
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(staging);
        }
        return target;
    }
}

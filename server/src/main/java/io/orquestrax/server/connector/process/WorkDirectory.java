package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory for one run, gone with it. */
record WorkDirectory(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);

    /** Each level that is looked into takes an open file; what lies deeper is counted when it is removed. */
    private static final int MAX_DEPTH = 50;

    static WorkDirectory create() throws IOException {
        // Nobody else may look inside.
        return new WorkDirectory(Files.createTempDirectory("orquestrax-run-"));
    }

    /** What can be seen of it while it is in use; no more files than are one too many. */
    static DirectoryContents contents(Path directory) {
        Count count = new Count();
        try {
            Files.walkFileTree(directory, Set.of(), MAX_DEPTH, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count.contents;
    }

    /** Removes it once nothing runs in it any more, and tells what was there. A warning tells of what cannot be removed. */
    DirectoryContents remove() {
        Removal removal = new Removal(path);
        try {
            removal.perform();
        } catch (IOException stays) {
            LOG.warn("The directory {} of a run could not be removed: {}", path, stays.toString());
        }
        return removal.removed();
    }

    private static final class Count extends SimpleFileVisitor<Path> {
        private DirectoryContents contents = new DirectoryContents(0, 0);

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            contents = contents.plusFile(attributes.size());
            return next();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path each, @Nullable IOException gone) {
            contents = contents.plusFile(0);
            return next();
        }

        private FileVisitResult next() {
            return contents.hasTooManyFiles() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }
}

package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Removes a directory, and counts what is in it. Nothing else may use it meanwhile.
 *
 * <p>A directory that lies in another one is first moved up to the top: however deep they were made, no path is too long
 * for the system, and none takes an open file for each level.
 */
final class Removal {
    private final Path top;
    /** Begins no name that is there already. */
    private final String prefix = UUID.randomUUID() + "-";

    private DirectoryContents removed = new DirectoryContents(0, 0);
    private long moved;
    private @Nullable IOException obstacle;

    Removal(Path top) {
        this.top = top;
    }

    /**
     * @throws IOException where something cannot be removed; all else is
     */
    void perform() throws IOException {
        if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
            allow(top);
            // Each round leads on: what is there is removed, and what is moved is so once.
            long before;
            do {
                before = removed.files() + moved;
                obstacle = null;
                forEachIn(top, this::remove);
            } while (removed.files() + moved > before);
        }
        if (obstacle != null) {
            throw obstacle;
        }
        Files.deleteIfExists(top);
    }

    /** What it removed so far. */
    DirectoryContents removed() {
        return removed;
    }

    private void remove(Path each) throws IOException {
        BasicFileAttributes attributes = attributes(each);
        if (!attributes.isDirectory()) {
            delete(each, attributes.size());
            return;
        }
        allow(each);
        forEachIn(each, this::removeOrMove);
        delete(each, 0);
    }

    private void removeOrMove(Path each) throws IOException {
        BasicFileAttributes attributes = attributes(each);
        if (!attributes.isDirectory()) {
            delete(each, attributes.size());
            return;
        }
        // It is written too when it is moved, since it names the one that it lies in.
        allow(each);
        Files.move(each, top.resolve(prefix + moved), StandardCopyOption.ATOMIC_MOVE);
        moved++;
    }

    private void delete(Path each, long bytes) throws IOException {
        Files.delete(each);
        removed = removed.plusFile(bytes);
    }

    private interface Step {
        void take(Path each) throws IOException;
    }

    /** Goes on where one fails. */
    private void forEachIn(Path directory, Step step) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path each : entries) {
                try {
                    step.take(each);
                } catch (NoSuchFileException gone) {
                    // As it should be.
                    continue;
                } catch (IOException failed) {
                    obstacle = failed;
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            obstacle = unreadable instanceof IOException failed ? failed : new IOException(unreadable);
        }
    }

    private static BasicFileAttributes attributes(Path each) throws IOException {
        return Files.readAttributes(each, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** What a run made unreadable is removed too. */
    private static void allow(Path directory) {
        var _ = directory.toFile().setReadable(true) && directory.toFile().setWritable(true);
        var _ = directory.toFile().setExecutable(true);
    }
}

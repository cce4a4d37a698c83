package io.orquestrax.bench.torture.ground;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells whether a process holds the other end of a loopback connection, from Linux's {@code /proc}. */
final class SocketOwner {
    private static final int LOCAL_ADDRESS = 1;
    private static final int REMOTE_ADDRESS = 2;
    private static final int INODE = 9;

    private SocketOwner() {}

    /**
     * @param port that the connection comes from
     * @param door port that it came to
     */
    static boolean holds(long pid, int port, int door) {
        Optional<String> inode =
                inode(Path.of("/proc/net/tcp6"), port, door).or(() -> inode(Path.of("/proc/net/tcp"), port, door));
        return inode.isPresent() && hasOpen(pid, "socket:[" + inode.get() + "]");
    }

    private static Optional<String> inode(Path table, int port, int door) {
        String local = String.format(Locale.ROOT, ":%04X", port);
        String remote = String.format(Locale.ROOT, ":%04X", door);
        try (Stream<String> lines = Files.lines(table)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > INODE)
                    .filter(fields -> fields[LOCAL_ADDRESS].endsWith(local) && fields[REMOTE_ADDRESS].endsWith(remote))
                    .map(fields -> fields[INODE])
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean hasOpen(long pid, String socket) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files) {
                if (isLinkTo(file, socket)) {
                    return true;
                }
            }
        } catch (IOException gone) {
            // The process has ended, and its connections with it.
        }
        return false;
    }

    private static boolean isLinkTo(Path file, String target) {
        try {
            return Files.readSymbolicLink(file).toString().equals(target);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}

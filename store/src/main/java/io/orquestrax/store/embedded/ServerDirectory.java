package io.orquestrax.store.embedded;

import io.orquestrax.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of one embedded server, held by one process at a time. */
final class ServerDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PRIVATE_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int PASSWORD_BYTES = 24;
    private static final long LOG_LIMIT_BYTES = 16L << 20;
    private static final int LOG_TAIL_BYTES = 4096;

    private final Path root;
    private final FileChannel lockChannel;
    private final FileLock lock;

    private ServerDirectory(Path root, FileChannel lockChannel, FileLock lock) {
        this.root = root;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /** Makes it if absent and locks it for this process. */
    static ServerDirectory open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PRIVATE_DIRECTORY);
        }
        Path root = directory.toRealPath();
        FileChannel channel = FileChannel.open(
                root.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
        FileLock lock = tryLock(channel);
        if (lock == null) {
            String holder = read(channel);
            channel.close();
            throw new StoreException(
                    "Expected the directory " + root + " for this process alone, but process " + holder + " uses it");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)), 0);
        return new ServerDirectory(root, channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    Path passwordFile() {
        return root.resolve("password");
    }

    Path log() {
        return root.resolve("server.log");
    }

    Optional<PidFile> pidFile() throws IOException {
        return PidFile.read(data().resolve("postmaster.pid"));
    }

    void deletePidFile() throws IOException {
        Files.deleteIfExists(data().resolve("postmaster.pid"));
    }

    /** Made at the first call, the same ever after. */
    String password() throws IOException {
        if (!Files.exists(passwordFile())) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            Path fresh = root.resolve("password.new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
            Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            Files.move(fresh, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(passwordFile());
    }

    /** The port of the last run, so that an address that somebody noted goes on to work; 0 where there is none. */
    int lastPort() throws IOException {
        Path file = root.resolve("port");
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    void rememberPort(int port) throws IOException {
        Files.writeString(root.resolve("port"), Integer.toString(port));
    }

    /** Whether the server that was started last ends by itself when its parent does. */
    boolean isBound() {
        return Files.exists(root.resolve("bound"));
    }

    void rememberBound(boolean bound) throws IOException {
        Path marker = root.resolve("bound");
        if (bound) {
            Files.writeString(marker, "The server ends with its parent process.\n");
        } else {
            Files.deleteIfExists(marker);
        }
    }

    void rotateLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT_BYTES) {
            Files.move(log(), root.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The end of the server's log, for an error message. */
    String logTail() {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            file.seek(Math.max(0, file.length() - LOG_TAIL_BYTES));
            byte[] tail = new byte[(int) Math.min(file.length(), LOG_TAIL_BYTES)];
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockChannel.close();
    }
}

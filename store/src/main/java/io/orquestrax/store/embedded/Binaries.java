package io.orquestrax.store.embedded;

import io.orquestrax.store.StoreException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once and found again by the hash of their archive. */
record Binaries(Path home) {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> DOCUMENT = PosixFilePermissions.fromString("rw-r--r--");
    private static final int EXECUTABLE_BY_OWNER = 0100;

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Unpacked under the cache; where another process does the same at once, the first copy to be finished stays. */
    static Binaries unpacked(Platform platform, Path cache) {
        try {
            String name = platform.resource().replace(".txz", "") + "-"
                    + hash(platform).substring(0, 16);
            Path home = cache.resolve(name);
            if (!Files.isDirectory(home)) {
                Files.createDirectories(cache);
                Path staging = Files.createTempDirectory(cache, name + ".unpacking-");
                unpack(platform, staging);
                Files.setPosixFilePermissions(staging, PROGRAM);
                moveUnlessThere(staging, home);
            }
            return new Binaries(home);
        } catch (IOException e) {
            throw new StoreException("Expected to unpack " + platform.resource() + " into " + cache + ", but " + e, e);
        }
    }

    private static String hash(Platform platform) throws IOException {
        try (DigestInputStream digest = new DigestInputStream(platform.open(), MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256 in every JDK, but it is missing", e);
        }
    }

    private static void unpack(Platform platform, Path into) throws IOException {
        try (InputStream archive = platform.open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpackEntry(tar, entry, into);
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("Expected entries inside the archive's folder, but found " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, PROGRAM);
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            Files.setPosixFilePermissions(target, (entry.getMode() & EXECUTABLE_BY_OWNER) != 0 ? PROGRAM : DOCUMENT);
        }
    }

    private static void moveUnlessThere(Path staging, Path home) throws IOException {
        try {
            Files.move(staging, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (IOException e) {
            deleteTree(staging);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}

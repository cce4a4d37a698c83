package io.orquestrax.store.embedded;

import com.sun.security.auth.module.UnixSystem;
import io.orquestrax.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom the server runs: PostgreSQL refuses root, so under root it gets a user namespace of its own, or where those
 * are forbidden another uid.
 *
 * @param prefix of every command of the server
 * @param uid that owns its files
 * @param isOther whether that is not the uid of this process
 */
record ServerAccount(List<String> prefix, int uid, boolean isOther) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    static ServerAccount choose(Path directory) {
        int self = Math.toIntExact(new UnixSystem().getUid());
        if (self != ROOT) {
            return new ServerAccount(List.of(), self, false);
        }
        if (Shell.works("unshare", "-U", "true")) {
            return new ServerAccount(List.of("unshare", "-U"), ROOT, false);
        }
        return withoutRights(directory);
    }

    /** Of root, where user namespaces are forbidden. */
    static ServerAccount withoutRights(Path directory) {
        int uid = uidFor(directory);
        List<String> prefix = List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
        if (!Shell.works(Stream.concat(prefix.stream(), Stream.of("true")).toArray(String[]::new))) {
            throw new StoreException(
                    "Expected to run the embedded PostgreSQL without root's rights, but neither unshare"
                            + " -U nor setpriv --reuid works here; start this program as another user, or give the address of"
                            + " a PostgreSQL server");
        }
        return new ServerAccount(prefix, uid, true);
    }

    private static int uidFor(Path directory) {
        try {
            int owner = ownerOf(directory);
            if (owner != ROOT) {
                return owner;
            }
            Path probe = Files.createTempFile("orquestrax", ".owner");
            try {
                Files.setOwner(
                        probe,
                        probe.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
                return ownerOf(probe);
            } finally {
                Files.delete(probe);
            }
        } catch (UserPrincipalNotFoundException e) {
            return NOBODY;
        } catch (IOException e) {
            throw new StoreException("Expected to read the owner of " + directory + ", but " + e, e);
        }
    }

    /** Gives the directory and all in it to the account, unless it has it already. */
    void own(Path directory) throws IOException {
        if (isOther) {
            requireReach(directory);
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                if (ownerOf(path) != uid) {
                    Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                    Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    private void requireReach(Path directory) throws IOException {
        for (Path parent = directory.getParent(); parent != null; parent = parent.getParent()) {
            boolean open = Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE);
            if (!open && ownerOf(parent) != uid) {
                throw new StoreException("Expected a directory that the server's uid " + uid + " can reach, but "
                        + parent + " is closed to it; choose one outside of it, such as /var/lib/orquestrax");
            }
        }
    }

    private static int ownerOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}

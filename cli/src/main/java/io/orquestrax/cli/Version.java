package io.orquestrax.cli;

import java.util.Optional;

/** Of this build. */
final class Version {
    private Version() {}

    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}

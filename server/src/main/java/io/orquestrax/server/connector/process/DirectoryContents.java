package io.orquestrax.server.connector.process;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.Optional;

/**
 * How much stands in the directory of a run.
 *
 * @param files with the directories among them
 */
record DirectoryContents(long bytes, long files) {

    DirectoryContents plusFile(long more) {
        return new DirectoryContents(bytes + more, files + 1);
    }

    boolean hasTooManyFiles() {
        return files > ProcessLimits.MAX_FILES;
    }

    /** Present where it is beyond the limits. */
    Optional<ConnectorFailure> excess(ProcessLimits limits) {
        if (bytes <= limits.filesMaxBytes() && !hasTooManyFiles()) {
            return Optional.empty();
        }
        return Optional.of(ConnectorFailure.of(
                StandardError.RUNTIME,
                "Too many files",
                "Expected at most " + limits.filesMaxBytes() + " bytes in at most " + ProcessLimits.MAX_FILES
                        + " files in the directory of the process, but there was more."));
    }
}

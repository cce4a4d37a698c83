package io.orquestrax.server.connector.process;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Gives a run its directory. */
final class ProcessJob {
    private ProcessJob() {}

    interface Body {
        Outcome run(Path directory) throws IOException, ConnectorFailure, InterruptedException;
    }

    /**
     * @throws ConnectorFailure also where the run left more in its directory than it may
     */
    static Outcome in(ProcessLimits limits, Body body) throws ConnectorFailure, InterruptedException {
        WorkDirectory directory;
        try {
            directory = WorkDirectory.create();
        } catch (IOException noRoom) {
            throw notPrepared(noRoom);
        }
        Outcome outcome;
        DirectoryContents left;
        try {
            outcome = body.run(directory.path());
        } catch (IOException noRoom) {
            throw notPrepared(noRoom);
        } finally {
            left = directory.remove();
        }
        Optional<ConnectorFailure> excess = left.excess(limits);
        if (excess.isPresent()) {
            throw excess.get();
        }
        return outcome;
    }

    private static ConnectorFailure notPrepared(IOException noRoom) {
        return ConnectorFailure.of(
                StandardError.RUNTIME,
                "Process not started",
                "Expected a directory for the process, but: " + noRoom.getMessage());
    }
}

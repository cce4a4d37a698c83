package io.orquestrax.server.connector.process;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a run its directory. */
final class ProcessJob {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessJob.class);

    private ProcessJob() {}

    interface Body {
        Outcome run(Path directory) throws IOException, ConnectorFailure, InterruptedException;
    }

    static Outcome in(Body body) throws ConnectorFailure, InterruptedException {
        WorkDirectory directory;
        try {
            directory = WorkDirectory.create();
        } catch (IOException noRoom) {
            throw notPrepared(noRoom);
        }
        try {
            return body.run(directory.path());
        } catch (IOException noRoom) {
            throw notPrepared(noRoom);
        } finally {
            remove(directory);
        }
    }

    private static void remove(WorkDirectory directory) {
        try {
            directory.close();
        } catch (RuntimeException stays) {
            LOG.warn("The directory {} of a run could not be removed: {}", directory.path(), stays.getMessage());
        }
    }

    private static ConnectorFailure notPrepared(IOException noRoom) {
        return ConnectorFailure.of(
                StandardError.RUNTIME,
                "Process not started",
                "Expected a directory for the process, but: " + noRoom.getMessage());
    }
}

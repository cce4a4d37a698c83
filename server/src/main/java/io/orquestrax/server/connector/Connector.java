package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;

/** Executes the jobs of one type. Knows nothing of where they come from and how their results travel. Thread-safe. */
public interface Connector {

    /** The job type. */
    String type();

    /**
     * Blocks until the work is done. Cancelled by interrupting the thread.
     *
     * @return the job's output
     * @throws ConnectorFailure with the error that the workflow sees, free of secrets
     */
    JsonNode execute(ConnectorCall call) throws ConnectorFailure, InterruptedException;
}

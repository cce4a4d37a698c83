package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.protocol.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a worker. Its methods return at once. */
public final class WorkerSession {

    /** Claimed jobs that are no longer the worker's. */
    public List<JobId> refusedClaims() {
        throw new UnsupportedOperationException("to be built");
    }

    /** Each is acknowledged through the sink once it is durable. */
    public void results(List<JobResult> results) {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * @param progress absent to keep the last one
     */
    public void heartbeat(JobId job, @Nullable JsonNode progress) {
        throw new UnsupportedOperationException("to be built");
    }

    /** No new jobs from now on. */
    public void drain() {
        throw new UnsupportedOperationException("to be built");
    }

    /** Unfinished jobs, to be offered to others at once. */
    public void handBack(List<JobId> jobs) {
        throw new UnsupportedOperationException("to be built");
    }

    /** The connection ended; unless the worker comes back within the grace, its jobs go to others. */
    public void disconnected() {
        throw new UnsupportedOperationException("to be built");
    }
}

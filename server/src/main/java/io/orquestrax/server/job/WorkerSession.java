package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.protocol.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a worker. Its methods return at once. */
public final class WorkerSession {
    private final Streams streams;
    private final Serial serial;
    private final ResultCheck check;
    private final StreamWorker worker;
    private final Connection connection;
    private final List<JobId> refusedClaims;

    WorkerSession(Streams streams, Serial serial, ResultCheck check, Streams.Welcome welcome, Connection connection) {
        this.streams = streams;
        this.serial = serial;
        this.check = check;
        this.worker = welcome.worker();
        this.connection = connection;
        this.refusedClaims = welcome.refusedClaims();
    }

    /** Claimed jobs that are no longer the worker's. Others may be refused later, as a cancellation. */
    public List<JobId> refusedClaims() {
        return refusedClaims;
    }

    /** Each is acknowledged through the sink once it is durable. */
    public void results(List<JobResult> results) {
        List<JobResult> checked = results.stream().map(check::check).toList();
        serial.run(() -> streams.report(worker, checked));
    }

    /**
     * The job still runs.
     *
     * @param progress absent to keep the last one
     */
    public void heartbeat(JobId job, @Nullable JsonNode progress) {
        JsonNode checked = check.checkProgress(progress);
        serial.run(() -> streams.heartbeat(worker, job, checked));
    }

    /** No new jobs from now on, over all later connections of this worker too. */
    public void drain() {
        serial.run(() -> streams.drain(worker));
    }

    /** Unfinished jobs, to be offered to others at once. */
    public void handBack(List<JobId> jobs) {
        serial.run(() -> streams.handBack(worker, jobs));
    }

    /** The connection ended; unless the worker comes back within the grace, its jobs go to others. */
    public void disconnected() {
        serial.run(() -> streams.disconnected(worker, connection));
    }
}

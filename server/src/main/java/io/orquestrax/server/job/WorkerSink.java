package io.orquestrax.server.job;

import io.orquestrax.protocol.JobId;
import java.util.List;

/** The way to one connected worker. Called by one thread at a time, any thread; hands over and returns. */
public interface WorkerSink {

    void assign(List<JobAssignment> jobs);

    /**
     * The result is durable: the worker need not keep it.
     *
     * @param counted false for a result that came too late or twice
     */
    void acknowledge(JobId job, boolean counted);

    void cancel(List<JobId> jobs);

    /** Another connection of the same worker took this one's place: nothing more will come, end it. */
    default void replaced() {}
}

package io.orquestrax.server.job;

import io.orquestrax.protocol.JobId;
import java.util.List;

/** The way to one connected worker. Called from any thread; hands over and returns. */
public interface WorkerSink {

    void assign(List<JobAssignment> jobs);

    /**
     * @param counted false for a result that came too late or twice
     */
    void acknowledge(JobId job, boolean counted);

    void cancel(List<JobId> jobs);
}

package io.orquestrax.examples.pipeline;

import io.orquestrax.sdk.worker.JobContext;
import java.util.Map;
import org.apache.commons.math3.ml.distance.DistanceMeasure;
import org.apache.commons.math3.ml.distance.EuclideanDistance;

/** The library tells nothing of its progress; but it measures all the time, and so this can say that it is alive. */
final class ReportingDistance implements DistanceMeasure {
    private static final long serialVersionUID = 1;
    private static final long MEASURES_PER_HEARTBEAT = 1_000_000;

    private final EuclideanDistance distance = new EuclideanDistance();
    private final transient JobContext job;
    private long measured;

    ReportingDistance(JobContext job) {
        this.job = job;
    }

    @Override
    public double compute(double[] one, double[] other) {
        if (++measured % MEASURES_PER_HEARTBEAT == 0) {
            job.heartbeat(Map.of("phase", "clustering", "distances", measured));
        }
        return distance.compute(one, other);
    }
}

package io.orquestrax.server.job;

import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.v1.JobKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Ids of jobs, between the wire and the dispatcher. */
public final class JobKeys {
    private JobKeys() {}

    /** Empty where it is no key of a job. */
    public static Optional<JobId> read(JobKey key) {
        return JobId.parse(key.getInstanceId() + "." + key.getActivation() + "." + key.getAttempt())
                .filter(job -> job.activation() > 0 && job.attempt() > 0);
    }

    public static List<JobId> readAll(List<JobKey> keys) {
        return keys.stream().flatMap(key -> read(key).stream()).toList();
    }

    static List<JobKey> writeAll(Collection<JobId> jobs) {
        return jobs.stream().map(JobKeys::write).toList();
    }

    public static JobKey write(JobId job) {
        return JobKey.newBuilder()
                .setInstanceId(job.instance().toString())
                .setActivation(job.activation())
                .setAttempt(job.attempt())
                .build();
    }
}

package io.orquestrax.server.api.worker;

import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.v1.JobKey;
import java.util.List;
import java.util.Optional;

/** Ids of jobs, between the wire and the dispatcher. */
final class JobKeys {
    private JobKeys() {}

    /** Empty where it is no key of a job. */
    static Optional<JobId> read(JobKey key) {
        return JobId.parse(key.getInstanceId() + "." + key.getActivation() + "." + key.getAttempt())
                .filter(job -> job.activation() > 0 && job.attempt() > 0);
    }

    static List<JobId> readAll(List<JobKey> keys) {
        return keys.stream().flatMap(key -> read(key).stream()).toList();
    }

    static JobKey write(JobId job) {
        return JobKey.newBuilder()
                .setInstanceId(job.instance().toString())
                .setActivation(job.activation())
                .setAttempt(job.attempt())
                .build();
    }
}

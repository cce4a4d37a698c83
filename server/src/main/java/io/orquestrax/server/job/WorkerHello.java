package io.orquestrax.server.job;

import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a worker introduces itself, at every connection.
 *
 * @param workerId the same over all its reconnects
 * @param capacity jobs at a time
 * @param claims jobs that it still has from an earlier connection
 */
public record WorkerHello(
        String workerId,
        String name,
        List<JobType> types,
        int capacity,
        String host,
        long pid,
        String language,
        String sdkVersion,
        String buildId,
        List<Claim> claims) {

    public WorkerHello {
        types = List.copyOf(types);
        claims = List.copyOf(claims);
    }

    /** A type of job that it takes, with what its handler declared. */
    public record JobType(
            String type,
            @Nullable JobRetryPolicy retry,
            @Nullable Duration runningLimit,
            @Nullable Duration heartbeatLimit) {}

    /** A job that it still runs, or whose result it still keeps. */
    public record Claim(JobId job, @Nullable Instant startedAt) {}
}

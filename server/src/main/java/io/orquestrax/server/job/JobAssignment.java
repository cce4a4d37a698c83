package io.orquestrax.server.job;

import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that was given to a worker.
 *
 * @param runningLimit the shorter of the author's and the handler's; null where neither set one
 * @param heartbeatLimit likewise
 * @param leaseUntil for workers without a stream; null for those with one
 */
public record JobAssignment(
        JobOffer offer,
        @Nullable Duration runningLimit,
        @Nullable Duration heartbeatLimit,
        @Nullable Instant leaseUntil) {

    public JobId id() {
        return new JobId(offer.instance(), offer.activation(), offer.attempt());
    }
}

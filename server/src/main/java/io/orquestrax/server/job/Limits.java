package io.orquestrax.server.job;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.server.job.Job.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches the time limits of attempts; the limit over all attempts is the engine's. Guarded by the dispatcher's lock. */
final class Limits {
    private final Serial serial;
    private final Outcomes outcomes;

    Limits(Serial serial, Outcomes outcomes) {
        this.serial = serial;
        this.outcomes = outcomes;
    }

    static @Nullable Duration running(Job job) {
        return shorter(
                job.knownOffer().limits().running(),
                job.holder().flatMap(holder -> holder.runningLimit(job.type())).orElse(null));
    }

    static @Nullable Duration heartbeat(Job job) {
        return shorter(
                job.knownOffer().limits().heartbeat(),
                job.holder()
                        .flatMap(holder -> holder.heartbeatLimit(job.type()))
                        .orElse(null));
    }

    void watchWaiting(Job job) {
        Duration limit = job.knownOffer().limits().waiting();
        if (job.state() == State.QUEUED && limit != null) {
            job.deadline(serial.later(left(limit, job.availableAt()), () -> waitedTooLong(job, limit)));
        }
    }

    void watchHeld(Job job) {
        Duration running = running(job);
        Instant startedAt = job.startedAt();
        if (running != null && startedAt != null) {
            job.deadline(serial.later(left(running, startedAt), () -> ranTooLong(job, running)));
        }
        silenceLimit(job).ifPresent(limit -> job.silence(serial.later(limit, () -> checkSilence(job, limit))));
    }

    private void waitedTooLong(Job job, Duration limit) {
        String detail =
                "Expected a worker to take the job of type '%s' within %s, but none did.".formatted(job.type(), limit);
        outcomes.timeOut(job, WorkflowError.of(StandardError.TIMEOUT, "Waiting limit exceeded", detail), false);
    }

    private void ranTooLong(Job job, Duration limit) {
        String detail = "Expected the attempt to end within %s, but worker '%s' still runs it."
                .formatted(limit, job.workerName());
        Outcomes.cancelAtHolder(job);
        outcomes.timeOut(job, WorkflowError.of(StandardError.TIMEOUT, "Running limit exceeded", detail), true);
    }

    /** Renewals only move a time; the timer finds out here that it rang too early. */
    private void checkSilence(Job job, Duration limit) {
        if (job.holder().map(Holder::isAway).orElse(false)) {
            job.heard(serial.now());
        }
        Duration left = left(limit, job.heardAt());
        if (left.isPositive()) {
            job.silence(serial.later(left, () -> checkSilence(job, limit)));
            return;
        }
        Outcomes.cancelAtHolder(job);
        boolean leaseIsOver = job.lease().map(limit::equals).orElse(false);
        outcomes.lose(job, leaseIsOver ? LossReason.LEASE_OVER : LossReason.HEARTBEAT_MISSED);
    }

    private Duration left(Duration limit, Instant since) {
        Duration left = limit.minus(Duration.between(since, serial.now()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Optional<Duration> silenceLimit(Job job) {
        return Optional.ofNullable(shorter(heartbeat(job), job.lease().orElse(null)));
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }
}

package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.Job.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How attempts come, are handed out, are claimed and go. Guarded by the dispatcher's lock. */
final class Attempts {
    private final JobTable table;
    private final Matching matching;
    private final Outcomes outcomes;
    private final Limits limits;
    private final Serial serial;
    private final Changes changes;
    private final Duration unclaimedGrace;
    private long turns;

    Attempts(
            JobTable table,
            Matching matching,
            Outcomes outcomes,
            Serial serial,
            Changes changes,
            Duration unclaimedGrace) {
        this.table = table;
        this.matching = matching;
        this.outcomes = outcomes;
        this.limits = new Limits(serial, outcomes);
        this.serial = serial;
        this.changes = changes;
        this.unclaimedGrace = unclaimedGrace;
    }

    void offer(JobOffer offer) {
        Job known = table.find(idOf(offer)).orElse(null);
        if (known == null) {
            Job job = new Job(idOf(offer), offer, State.QUEUED);
            table.add(job);
            enqueue(job);
        } else {
            offerKnown(known, offer);
        }
    }

    void offerRecovered(List<JobOffer> offers) {
        List<Job> unclaimed = new ArrayList<>();
        for (JobOffer offer : offers) {
            Job known = table.find(idOf(offer)).orElse(null);
            if (known == null) {
                Job job = new Job(idOf(offer), offer, State.UNCLAIMED);
                table.add(job);
                unclaimed.add(job);
            } else {
                offerKnown(known, offer);
            }
        }
        if (!unclaimed.isEmpty()) {
            serial.later(unclaimedGrace, () -> unclaimed.forEach(this::giveUpUnclaimed));
        }
    }

    private void giveUpUnclaimed(Job job) {
        if (job.state() == State.UNCLAIMED && table.isPresent(job)) {
            outcomes.lose(job, LossReason.UNCLAIMED);
        }
    }

    private void offerKnown(Job job, JobOffer offer) {
        if (job.state() != State.CLAIMED) {
            return;
        }
        job.setOffer(offer);
        if (job.parked().isPresent()) {
            outcomes.settleParked(job);
            return;
        }
        job.stopTimers();
        job.become(State.HELD);
        job.heard(serial.now());
        limits.watchHeld(job);
    }

    private void enqueue(Job job) {
        job.become(State.QUEUED);
        job.available(++turns, serial.now());
        limits.watchWaiting(job);
        matching.enqueue(job);
    }

    /** Puts a job that was handed out, but reached nobody, back to its old place. */
    void requeue(Job job, Holder holder) {
        if (job.state() == State.HELD && job.isHeldBy(holder)) {
            job.forgetHolder();
            changes.changedHands(job);
            enqueue(job);
        }
    }

    /** From its queue to a worker. */
    JobAssignment assign(Job job, Holder holder, @Nullable Duration lease) {
        Instant now = serial.now();
        job.stopTimers();
        job.become(State.HELD);
        job.heldBy(holder, now, now, lease);
        changes.changedHands(job);
        limits.watchHeld(job);
        return new JobAssignment(
                job.knownOffer(),
                Limits.running(job),
                Limits.heartbeat(job),
                job.leaseUntil().orElse(null));
    }

    /**
     * Leaves a job to the worker that says it has it.
     *
     * @return false where the job is not the worker's any more
     */
    boolean claim(JobId id, Holder holder, @Nullable Instant startedAt, @Nullable Duration lease) {
        Job job = table.find(id).orElse(null);
        if (job == null) {
            Job unknown = new Job(id, null, State.CLAIMED);
            table.add(unknown);
            hold(unknown, holder, startedAt, lease);
            awaitOffer(unknown);
            return true;
        }
        return switch (job.state()) {
            case QUEUED, UNCLAIMED -> adopt(job, holder, startedAt, lease);
            case CLAIMED, HELD -> renew(job, holder);
            case REPORTED -> true;
            case ENDING -> revive(job, holder, startedAt, lease);
        };
    }

    private boolean adopt(Job job, Holder holder, @Nullable Instant startedAt, @Nullable Duration lease) {
        table.detach(job);
        job.become(State.HELD);
        hold(job, holder, startedAt, lease);
        limits.watchHeld(job);
        return true;
    }

    private boolean renew(Job job, Holder holder) {
        if (!job.isHeldBy(holder)) {
            return false;
        }
        job.heard(serial.now());
        return true;
    }

    /** Its loss cannot be known to the engine while it waits to be sent again. */
    private boolean revive(Job job, Holder holder, @Nullable Instant startedAt, @Nullable Duration lease) {
        boolean isLost = job.settlement().map(Settlement::isRevocable).orElse(false);
        if (!isLost || job.offer().isEmpty()) {
            return false;
        }
        job.settleBy(null);
        return adopt(job, holder, startedAt, lease);
    }

    private void hold(Job job, Holder holder, @Nullable Instant startedAt, @Nullable Duration lease) {
        Instant now = serial.now();
        Instant since = startedAt == null || startedAt.isAfter(now) ? now : startedAt;
        job.heldBy(holder, since, now, lease);
        changes.changedHands(job);
    }

    /** A claimed job may be of a partition that is still being recovered; after a while it is refused. */
    void awaitOffer(Job job) {
        job.deadline(serial.later(unclaimedGrace, () -> refuse(job)));
    }

    private void refuse(Job job) {
        if (job.parked().isPresent()) {
            outcomes.settleParked(job);
        } else {
            drop(job);
        }
    }

    void withdraw(JobId id) {
        table.find(id).ifPresent(job -> {
            switch (job.state()) {
                case QUEUED, UNCLAIMED, HELD -> drop(job);
                case CLAIMED -> refuse(job);
                case REPORTED -> {}
                case ENDING -> {
                    job.settleBy(null);
                    drop(job);
                }
            }
        });
    }

    /** Only what waits in the queue: the engine offers it again. */
    void hold(JobId id) {
        table.find(id).filter(job -> job.state() == State.QUEUED).ifPresent(this::drop);
    }

    private void drop(Job job) {
        if (job.state() != State.ENDING) {
            Outcomes.cancelAtWorker(job);
        }
        table.remove(job);
        table.detach(job);
    }

    /** What a connected worker runs is kept as its claim, for the case that this node recovers the partition. */
    void forget(Predicate<UUID> instances) {
        for (Job job : table.all()) {
            if (!instances.test(job.id().instance())) {
                continue;
            }
            switch (job.state()) {
                case QUEUED, UNCLAIMED -> drop(job);
                case ENDING -> {
                    job.settleBy(null);
                    drop(job);
                }
                case HELD -> {
                    job.stopTimers();
                    job.setOffer(null);
                    job.become(State.CLAIMED);
                    awaitOffer(job);
                }
                case CLAIMED, REPORTED -> {}
            }
        }
    }

    /**
     * @param progress absent to keep the last one
     */
    void progressed(Job job, @Nullable JsonNode progress) {
        if (progress != null && !progress.equals(job.progress())) {
            job.progressed(progress);
            changes.progressed(job);
        }
    }

    private static JobId idOf(JobOffer offer) {
        return new JobId(offer.instance(), offer.activation(), offer.attempt());
    }
}

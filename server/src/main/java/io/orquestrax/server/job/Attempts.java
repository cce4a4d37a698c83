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
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How attempts come, are handed out, are claimed and go. Guarded by the dispatcher's lock. */
final class Attempts {
    /** How long a claimed job waits for a node that decides for it: longer than any takeover. */
    private static final Duration CLAIM_PATIENCE = Duration.ofMinutes(2);

    private final JobTable table;
    private final Matching matching;
    private final Outcomes outcomes;
    private final Limits limits;
    private final Serial serial;
    private final Changes changes;
    private final Duration unclaimedGrace;
    private final Doubts doubts;
    private long turns;

    Attempts(
            JobTable table,
            Matching matching,
            Outcomes outcomes,
            Serial serial,
            Changes changes,
            Duration unclaimedGrace,
            Doubts doubts) {
        this.table = table;
        this.matching = matching;
        this.outcomes = outcomes;
        this.limits = new Limits(serial, outcomes);
        this.serial = serial;
        this.changes = changes;
        this.unclaimedGrace = unclaimedGrace;
        this.doubts = doubts;
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

    /**
     * @param epoch of their partition, where that has changed hands; otherwise 0
     * @return those that wait to be claimed
     */
    List<Job> offerRecovered(List<JobOffer> offers, long epoch) {
        List<Job> unclaimed = new ArrayList<>();
        for (JobOffer offer : offers) {
            Job known = table.find(idOf(offer)).orElse(null);
            if (known == null) {
                Job job = new Job(idOf(offer), offer, State.UNCLAIMED);
                job.recoveredIn(epoch);
                table.add(job);
                unclaimed.add(job);
            } else {
                offerKnown(known, offer);
            }
        }
        if (!unclaimed.isEmpty()) {
            serial.later(unclaimedGrace, () -> unclaimed.forEach(this::giveUpUnclaimed));
        }
        return unclaimed;
    }

    /** The node that seemed to have the job has not, and nobody knows who has. */
    void awaitClaim(Job job) {
        job.forgetHolder();
        job.become(State.UNCLAIMED);
        job.deadline(serial.later(unclaimedGrace, () -> giveUpUnclaimed(job)));
    }

    private void giveUpUnclaimed(Job job) {
        if (job.state() == State.UNCLAIMED && table.isPresent(job)) {
            outcomes.lose(job, LossReason.UNCLAIMED);
        }
    }

    private void offerKnown(Job job, JobOffer offer) {
        if (job.isBorrowed()) {
            becomeOwn(job);
        } else if (job.state() == State.CLAIMED) {
            job.setOffer(offer);
            doubts.remove(job);
            run(job);
        } else {
            job.onHold(false);
        }
    }

    private void becomeOwn(Job job) {
        doubts.remove(job);
        if (job.state() == State.QUEUED) {
            matching.dequeue(job);
            table.own(job);
            matching.enqueue(job);
        } else {
            table.own(job);
        }
    }

    /** A claimed job is its worker's. */
    private void run(Job job) {
        if (job.parked().isPresent()) {
            outcomes.settleParked(job);
            return;
        }
        job.stopTimers();
        job.become(State.HELD);
        job.heard(serial.now());
        limits.watchHeld(job);
    }

    /**
     * Takes a job of another node.
     *
     * @param waited for a worker, so far
     * @param loan as the lender numbers it
     */
    Job borrow(JobOffer offer, Duration waited, String lender, long loan) {
        Job known = table.find(idOf(offer)).orElse(null);
        if (known != null) {
            confirmed(known, lender, loan, offer);
            return known;
        }
        Job job = new Job(idOf(offer), offer, State.QUEUED);
        table.add(job);
        table.borrow(job, lender, loan);
        Instant since = serial.now().minus(waited);
        job.available(micros(since), since);
        enqueue(job);
        return job;
    }

    /**
     * The node that decides for a job leaves it to this one.
     *
     * @param loan as that node numbers it
     * @param offer absent where it is known here
     */
    void confirmed(Job job, String lender, long loan, @Nullable JobOffer offer) {
        if (job.state() == State.CLAIMED) {
            if (offer != null) {
                job.setOffer(offer);
            }
            if (job.offer().isEmpty()) {
                return;
            }
            table.borrow(job, lender, loan);
            run(job);
        } else if (job.isBorrowed()) {
            table.borrow(job, lender, loan);
        }
    }

    /** A job that waited before keeps its place. */
    void enqueue(Job job) {
        Instant now = serial.now();
        // The clock's, so that jobs of other nodes have their place among those of this one.
        turns = Math.max(turns + 1, micros(now));
        job.become(State.QUEUED);
        job.available(turns, now);
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
            case LENT -> {
                Outcomes.cancelAtHolder(job);
                yield adopt(job, holder, startedAt, lease);
            }
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

    private boolean revive(Job job, Holder holder, @Nullable Instant startedAt, @Nullable Duration lease) {
        return revoke(job) && adopt(job, holder, startedAt, lease);
    }

    /**
     * Takes back that the job is lost.
     *
     * @return false where the engine may know of it: only a loss that waits to be sent again is certainly unknown to it
     */
    boolean revoke(Job job) {
        boolean isLost = job.settlement().map(Settlement::isRevocable).orElse(false);
        if (!isLost || job.offer().isEmpty()) {
            return false;
        }
        job.settleBy(null);
        return true;
    }

    private void hold(Job job, Holder holder, @Nullable Instant startedAt, @Nullable Duration lease) {
        Instant now = serial.now();
        Instant since = startedAt == null || startedAt.isAfter(now) ? now : startedAt;
        job.heldBy(holder, since, now, lease);
        changes.changedHands(job);
    }

    /** Its worker has come (again), so that an answer to what was claimed before says nothing any more. */
    void claimAnew(JobId id) {
        table.find(id).ifPresent(job -> {
            if (job.state() == State.CLAIMED) {
                awaitOffer(job);
            } else if (doubts.contains(job)) {
                doubts.add(job);
            }
        });
    }

    /** A claimed job may be of a partition that is still being recovered; after a while it is refused. */
    void awaitOffer(Job job) {
        doubts.add(job);
        job.deadline(serial.later(doubts.areAsked() ? CLAIM_PATIENCE : unclaimedGrace, () -> refuse(job)));
    }

    /**
     * The node that decides for a job does not know that it is here. A worker that came with it may have its result in
     * hand, which the engine judges: so that it is not told to drop the job before it has told that.
     */
    void disown(Job job) {
        if (job.state() == State.CLAIMED) {
            job.deadline(serial.later(unclaimedGrace, () -> refuse(job)));
        } else {
            refuse(job);
        }
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
                case QUEUED, UNCLAIMED, HELD, LENT -> drop(job);
                case CLAIMED -> refuse(job);
                case REPORTED -> {}
                case ENDING -> {
                    job.settleBy(null);
                    drop(job);
                }
            }
        });
    }

    /** Only what waits in the queue, of another node too: the engine offers it again. */
    void hold(JobId id) {
        table.find(id).ifPresent(job -> {
            if (job.state() == State.QUEUED) {
                drop(job);
            } else if (job.state() == State.LENT && job.holder().orElse(null) instanceof Borrower borrower) {
                job.onHold(true);
                borrower.line().hold(job.loan());
            }
        });
    }

    /** The attempt is over, whoever reported that; what this node itself reported goes when it is answered. */
    void ended(JobId id) {
        table.find(id).ifPresent(job -> {
            switch (job.state()) {
                case LENT -> {
                    if (job.holder().orElse(null) instanceof Borrower borrower) {
                        borrower.line().over(job.loan());
                    }
                    table.detach(job);
                    table.remove(job);
                }
                case QUEUED, UNCLAIMED, CLAIMED, HELD -> withdraw(id);
                case REPORTED, ENDING -> {}
            }
        });
    }

    private void drop(Job job) {
        if (job.state() != State.ENDING) {
            Outcomes.cancelAtHolder(job);
        }
        table.remove(job);
        table.detach(job);
    }

    /** What a connected worker runs is kept as its claim, for the case that this node recovers the partition. */
    void forget(Predicate<UUID> instances) {
        for (Job job : table.all()) {
            if (job.isBorrowed() || !instances.test(job.id().instance())) {
                continue;
            }
            switch (job.state()) {
                case QUEUED, UNCLAIMED -> drop(job);
                case ENDING -> {
                    job.settleBy(null);
                    drop(job);
                }
                // Whoever has it claims it from the next owner.
                case LENT -> {
                    job.release();
                    table.remove(job);
                }
                case HELD -> {
                    job.stopTimers();
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

    private static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1_000;
    }

    static JobId idOf(JobOffer offer) {
        return new JobId(offer.instance(), offer.activation(), offer.attempt());
    }
}

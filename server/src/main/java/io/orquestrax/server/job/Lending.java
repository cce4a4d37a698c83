package io.orquestrax.server.job;

import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.Job.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** This node's jobs that other nodes have for their workers. Guarded by the dispatcher's lock. */
final class Lending {
    /** Groups of types that one node may want. */
    private static final int MAX_WANTS = 100;

    private static final int MAX_COUNT = 10_000;

    private final Map<String, Borrower> borrowers = new HashMap<>();
    private final PeerLines lines;
    private final JobTable table;
    private final Matching matching;
    private final Attempts attempts;
    private final Outcomes outcomes;
    private final Streams streams;
    private final Serial serial;
    private final DispatcherSettings settings;
    private final Predicate<UUID> isServedHere;
    private Consumer<Borrower> confirm = borrower -> {};
    private long loans;

    Lending(
            PeerLines lines,
            JobTable table,
            Matching matching,
            Attempts attempts,
            Outcomes outcomes,
            Streams streams,
            Serial serial,
            DispatcherSettings settings,
            Predicate<UUID> isServedHere) {
        this.lines = lines;
        this.table = table;
        this.matching = matching;
        this.attempts = attempts;
        this.outcomes = outcomes;
        this.streams = streams;
        this.serial = serial;
        this.settings = settings;
        this.isServedHere = isServedHere;
    }

    /**
     * @param confirmation asks a borrower whether it has what was lent to it, and tells of what is {@link #missing}
     */
    void confirmBy(Consumer<Borrower> confirmation) {
        confirm = confirmation;
    }

    /**
     * A job that another node says it has.
     *
     * @param worker its id; empty where the job waits for one
     * @param connectedAt when the worker came to that node, by that node's clock; absent where it is not there
     */
    record Claim(JobId job, String worker, @Nullable Instant connectedAt) {
        boolean isOfNobody() {
            return worker.isEmpty();
        }
    }

    enum Verdict {
        ACCEPTED,
        REFUSED,
        /** Another node may decide for it, or this one soon. */
        UNDECIDED
    }

    /**
     * @param anew whether what the node told before may not have come
     */
    void wanted(String node, List<Borrower.Wanted> wanted, long received, boolean anew) {
        Borrower borrower = borrower(node);
        borrower.wants().forEach(matching::unlist);
        List<Borrower.Wanted> bounded = wanted.stream()
                .filter(each -> !each.types().isEmpty() && each.count() > 0)
                .limit(MAX_WANTS)
                .map(each -> new Borrower.Wanted(each.types(), Math.min(each.count(), MAX_COUNT)))
                .toList();
        borrower.wants(bounded, received);
        if (anew) {
            confirm(borrower);
        }
        borrower.wants().forEach(matching::fill);
    }

    /** The borrower had nobody for them. */
    void returned(String node, List<Loan> jobs) {
        Borrower borrower = borrower(node);
        // It would get them again before it has said what it wants now.
        borrower.wants().forEach(matching::unlist);
        borrower.wantsNothing();
        lentTo(borrower, jobs, Job::wasNotSentAfter).forEach(this::takeBack);
    }

    private void takeBack(Job job) {
        boolean isOfferedAgain = job.isOnHold();
        job.forgetHolder();
        if (isOfferedAgain) {
            table.remove(job);
        } else {
            attempts.enqueue(job);
        }
    }

    /** The node says that it knows nothing of these, which may be over, or have gone on to another node. */
    void unknown(String node, List<Loan> jobs) {
        lentTo(borrower(node), jobs, Job::wasNotSentAfter).forEach(attempts::awaitClaim);
    }

    /**
     * @param isStillMeant whether what was said of a loan holds for the job as it is lent now
     */
    private List<Job> lentTo(Borrower borrower, List<Loan> said, BiPredicate<Job, Loan> isStillMeant) {
        return said.stream()
                .flatMap(
                        loan -> table
                                .find(loan.job())
                                .filter(job -> isLentTo(borrower, job) && isStillMeant.test(job, loan))
                                .stream())
                .toList();
    }

    /**
     * The borrower was asked whether it has what is lent to it.
     *
     * @param asked what it was asked of; later loans of the same jobs are others
     * @param missing what it did not have
     */
    void missing(Borrower borrower, List<Loan> asked, Set<JobId> missing) {
        List<Loan> gone =
                asked.stream().filter(loan -> missing.contains(loan.job())).toList();
        lentTo(borrower, gone, (job, loan) -> job.loan().equals(loan))
                .forEach(job -> outcomes.lose(job, LossReason.UNCLAIMED));
    }

    private static boolean isLentTo(Borrower borrower, Job job) {
        return job.state() == State.LENT && job.isHeldBy(borrower);
    }

    void linked(String node) {
        Borrower borrower = borrower(node);
        borrower.linked();
        borrower.heard();
        loseLater(borrower);
        confirm(borrower);
        borrower.wants().forEach(matching::fill);
    }

    /** Its workers go on; what it has is lost only where the link does not come back for long. */
    void unlinked(String node) {
        Borrower borrower = borrowers.get(node);
        if (borrower != null && borrower.isLinked()) {
            borrower.unlinked();
            borrower.wants().forEach(matching::unlist);
            loseLater(borrower);
        }
    }

    /** The workers of a node that is gone come back elsewhere, and claim what they have. */
    void alive(Set<String> nodes) {
        for (Borrower borrower : borrowers.values()) {
            boolean isAlive = nodes.contains(borrower.id());
            if (isAlive == borrower.isAlive()) {
                continue;
            }
            borrower.alive(isAlive);
            borrower.heard();
            loseLater(borrower);
            if (isAlive) {
                confirm(borrower);
                borrower.wants().forEach(matching::fill);
            } else {
                borrower.wants().forEach(matching::unlist);
            }
        }
        borrowers.values().removeIf(Borrower::isForgotten);
    }

    /** What a node has that cannot be heard is lost some time after, whenever and however it came to have it. */
    private void loseLater(Borrower borrower) {
        if (borrower.isAway() && !borrower.isAwaited()) {
            Duration patience =
                    borrower.isAlive() ? settings.grace().plus(settings.unclaimedGrace()) : settings.unclaimedGrace();
            borrower.awaited(serial.later(patience, () -> {
                borrower.heard();
                List.copyOf(borrower.held()).forEach(job -> outcomes.lose(job, LossReason.UNCLAIMED));
            }));
        }
    }

    private void confirm(Borrower borrower) {
        if (borrower.isLinked() && !borrower.held().isEmpty()) {
            confirm.accept(borrower);
        }
    }

    /**
     * Whether a job is the other node's, as it says.
     *
     * @param over attempts of which the engine says that nobody is to run them
     */
    Verdict judge(String node, Claim claim, Set<JobId> over) {
        Job job = table.find(claim.job()).orElse(null);
        if (job == null) {
            return isOver(claim, over) ? Verdict.REFUSED : Verdict.UNDECIDED;
        }
        if (job.isBorrowed()) {
            return Verdict.UNDECIDED;
        }
        Borrower borrower = borrower(node);
        return switch (job.state()) {
            case QUEUED, UNCLAIMED -> give(job, borrower, claim);
            case LENT -> judgeLent(job, borrower, claim);
            case HELD -> judgeHeld(job, borrower, claim);
            case CLAIMED, REPORTED -> Verdict.UNDECIDED;
            case ENDING -> attempts.revoke(job) ? give(job, borrower, claim) : Verdict.REFUSED;
        };
    }

    private boolean isOver(Claim claim, Set<JobId> over) {
        return claim.isOfNobody() ? isServedHere.test(claim.job().instance()) : over.contains(claim.job());
    }

    private Verdict judgeLent(Job job, Borrower borrower, Claim claim) {
        if (job.isHeldBy(borrower)) {
            job.lentStill(claim.connectedAt(), ++loans);
            return Verdict.ACCEPTED;
        }
        if (isOutdated(job, claim)) {
            return Verdict.REFUSED;
        }
        Outcomes.cancelAtHolder(job);
        return give(job, borrower, claim);
    }

    private Verdict judgeHeld(Job job, Borrower borrower, Claim claim) {
        if (!claim.worker().equals(job.workerName()) || isOutdated(job, claim)) {
            return Verdict.REFUSED;
        }
        job.holder().ifPresent(streams::movedAway);
        return give(job, borrower, claim);
    }

    /**
     * Whether the worker has taken its job along to where the job is now, and the node that claims it has not noticed, or
     * said so too late.
     */
    private static boolean isOutdated(Job job, Claim claim) {
        Holder holder = job.holder().orElse(null);
        if (holder == null || holder.isAway() || claim.isOfNobody()) {
            return false;
        }
        Instant cameAt = claim.connectedAt();
        return cameAt == null
                || job.isOfNewerWorkerThan(cameAt)
                || holder.connectedAt().filter(cameAt::isBefore).isPresent();
    }

    /** Whether nothing is known here of a job that a worker elsewhere runs, and this node decides for it. */
    boolean isUnheardOf(Claim claim) {
        return !claim.isOfNobody()
                && table.find(claim.job()).isEmpty()
                && isServedHere.test(claim.job().instance());
    }

    /**
     * Whether a node that says that it lost an attempt does not have it: another one does, or a worker here.
     *
     * @param node that says so
     */
    boolean isElsewhere(String node, JobId id) {
        return table.find(id)
                .filter(job -> switch (job.state()) {
                    case LENT -> !job.isHeldBy(borrower(node));
                    case HELD, REPORTED -> true;
                    case QUEUED, UNCLAIMED, CLAIMED, ENDING -> false;
                })
                .isPresent();
    }

    /** Of an attempt that a node was left. */
    Optional<Loan> loan(JobId job) {
        return table.find(job).map(Job::loan);
    }

    Optional<JobOffer> offer(JobId job) {
        return table.find(job).flatMap(Job::offer);
    }

    private Verdict give(Job job, Borrower borrower, Claim claim) {
        table.detach(job);
        toBorrower(job, borrower, claim.connectedAt());
        return Verdict.ACCEPTED;
    }

    /** From the queue to a node that wants it. */
    private void lend(Job job, Borrower borrower) {
        job.stopTimers();
        toBorrower(job, borrower, null);
        job.sent();
        Duration waited = Duration.between(job.availableAt(), serial.now());
        borrower.line()
                .lend(job.knownOffer(), waited.isNegative() ? Duration.ZERO : waited, job.loan(), borrower.nextLent());
    }

    private void toBorrower(Job job, Borrower borrower, @Nullable Instant workerCameAt) {
        job.become(State.LENT);
        job.lentTo(borrower, workerCameAt, ++loans);
        loseLater(borrower);
    }

    private Borrower borrower(String node) {
        return borrowers.computeIfAbsent(node, id -> new Borrower(id, lines.to(id), this::lend));
    }
}

package io.orquestrax.server.job;

import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.JobsWanted;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.server.job.Job.State;
import io.orquestrax.server.peer.Peers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of other nodes that this node's workers take: says what they have room for, and hands out what comes.
 *
 * <p>A node with jobs that wait is told of room at once; corrections follow together after a pause. So the notices
 * follow the lent jobs, and not the jobs of this node.
 *
 * <p>Guarded by the dispatcher's lock.
 */
final class Borrowing {
    /** A lent job that no worker here could take in this time goes back. */
    static final Duration RETURN_AFTER = Duration.ofMillis(200);

    static final Duration CORRECTION = Duration.ofMillis(50);

    private final Map<String, Lender> lenders = new LinkedHashMap<>();
    private final Peers peers;
    private final PeerLines lines;
    private final JobTable table;
    private final Matching matching;
    private final Attempts attempts;
    private final Claiming claiming;
    private final Serial serial;
    private int linked;
    private boolean isTelling;
    private boolean isCorrecting;

    Borrowing(
            Peers peers,
            PeerLines lines,
            JobTable table,
            Matching matching,
            Attempts attempts,
            Claiming claiming,
            Serial serial) {
        this.peers = peers;
        this.lines = lines;
        this.table = table;
        this.matching = matching;
        this.attempts = attempts;
        this.claiming = claiming;
        this.serial = serial;
        matching.watch(this::capacityChanged);
    }

    /**
     * A job that another node lends.
     *
     * @param waited for a worker, so far
     * @param loan as that node numbers it
     */
    record Lent(JobOffer offer, Duration waited, long loan) {}

    void linked(String node) {
        Lender lender = lenders.computeIfAbsent(node, Lender::new);
        linked += lender.isLinked() ? 0 : 1;
        lender.linked();
        tellSoon();
    }

    /** The node may have forgotten what it was told. */
    void renew(String node) {
        Lender lender = lenders.get(node);
        if (lender != null && lender.isLinked()) {
            lender.linked();
            tellSoon();
        }
    }

    void unlinked(String node) {
        Lender lender = lenders.get(node);
        if (lender != null && lender.isLinked()) {
            linked--;
            lender.unlinked();
        }
    }

    /**
     * @param nodes the living ones, and those that are linked
     */
    void known(Set<String> nodes) {
        for (Lender lender : List.copyOf(lenders.values())) {
            if (!lender.isLinked() && !nodes.contains(lender.node())) {
                lenders.remove(lender.node());
                lines.remove(lender.node());
            }
        }
    }

    /**
     * @param total that the node has ever lent to this one
     */
    void lent(String node, List<Lent> loans, long total) {
        Lender lender = lenders.computeIfAbsent(node, Lender::new);
        lender.lent(loans.size(), total);
        List<Job> waiting = new ArrayList<>();
        for (Lent each : loans) {
            Job job = attempts.borrow(each.offer(), each.waited(), node, each.loan());
            claiming.check(job);
            if (job.isBorrowed() && job.state() == State.QUEUED) {
                waiting.add(job);
            } else if (isTakenForOwn(job)) {
                lines.to(node).disclaim(new Loan(job.id(), each.loan()));
            }
        }
        if (!waiting.isEmpty()) {
            serial.later(RETURN_AFTER, () -> giveBack(waiting, Job::isBorrowed));
        }
        tellIfHungry();
    }

    /**
     * Whether this node has not heard yet that it does not decide for the job any more, and forgets it when it does.
     * What is on its way to whoever decides says by itself what becomes of it.
     */
    private static boolean isTakenForOwn(Job job) {
        return !job.isBorrowed()
                && switch (job.state()) {
                    case QUEUED, UNCLAIMED, HELD, LENT -> true;
                    case CLAIMED, REPORTED, ENDING -> false;
                };
    }

    /** What no worker has goes back to where it came from. */
    void giveBackAll() {
        giveBack(table.borrowed(), job -> true);
    }

    private void giveBack(List<Job> jobs, Predicate<Job> which) {
        jobs.stream()
                .filter(job -> job.state() == State.QUEUED && table.isPresent(job) && which.test(job))
                .forEach(job -> giveBack(job, job.lender(), job.loan()));
    }

    private void giveBack(Job job, @Nullable String lender, Loan loan) {
        table.detach(job);
        table.remove(job);
        if (lender != null) {
            lines.to(lender).giveBack(loan);
        }
    }

    /**
     * @param waitingOnly what no worker has yet, which goes back
     */
    void withdrawn(String node, List<Loan> loans, boolean waitingOnly) {
        for (Loan loan : loans) {
            Job job = table.find(loan.job()).orElse(null);
            if (job == null || !isOf(node, job, loan)) {
                continue;
            }
            if (!waitingOnly) {
                attempts.withdraw(job.id());
            } else if (job.state() == State.QUEUED) {
                giveBack(job, node, loan);
            }
        }
    }

    /** One that is claimed, or in doubt, is of whoever decides for it. */
    private boolean isOf(String node, Job job, Loan loan) {
        return job.isBorrowedFrom(node)
                ? loan.reaches(job.loan().number())
                : job.state() == State.CLAIMED || claiming.isAsked(node, job);
    }

    /** Of jobs that the other node takes to be here. */
    List<JobId> missing(List<JobId> jobs) {
        return jobs.stream().filter(id -> table.find(id).isEmpty()).toList();
    }

    private void capacityChanged(Taker taker, boolean isMore) {
        if (linked == 0) {
            return;
        }
        if (isMore && lenders.values().stream().anyMatch(lender -> isHungry(lender, taker))) {
            tellSoon();
        } else {
            correctLater();
        }
    }

    private static boolean isHungry(Lender lender, Taker taker) {
        return lender.isLinked() && lender.isHungryFor(taker.types());
    }

    private void tellIfHungry() {
        if (linked > 0) {
            tellSoon();
        }
    }

    /** After the present change, which may change the capacity again. */
    private void tellSoon() {
        if (!isTelling) {
            isTelling = true;
            serial.afterwards(this::tell);
        }
    }

    private void correctLater() {
        if (!isCorrecting) {
            isCorrecting = true;
            serial.later(CORRECTION, () -> {
                isCorrecting = false;
                serial.afterwards(this::correct);
            });
        }
    }

    private void tell() {
        send(serial.call(() -> {
            isTelling = false;
            Map<Set<String>, Integer> free = matching.freeNear();
            List<Told> due = new ArrayList<>();
            for (Lender lender : lenders.values()) {
                boolean isHungry = lender.isNew() || free.keySet().stream().anyMatch(lender::isHungryFor);
                if (lender.isLinked() && isHungry) {
                    due.add(told(lender, free));
                }
            }
            correctLaterIfNeeded(free);
            return due;
        }));
    }

    private void correctLaterIfNeeded(Map<Set<String>, Integer> free) {
        if (lenders.values().stream().anyMatch(lender -> lender.isLinked() && lender.isMisinformed(free))) {
            correctLater();
        }
    }

    private void correct() {
        send(serial.call(() -> {
            Map<Set<String>, Integer> free = matching.freeNear();
            return lenders.values().stream()
                    .filter(lender -> lender.isLinked() && lender.isMisinformed(free))
                    .map(lender -> told(lender, free))
                    .toList();
        }));
    }

    private record Told(String node, JobsWanted wanted) {}

    private static Told told(Lender lender, Map<Set<String>, Integer> free) {
        JobsWanted.Builder wanted =
                JobsWanted.newBuilder().setReceived(lender.received()).setAnew(lender.isNew());
        free.forEach((types, count) ->
                wanted.addWants(JobsWanted.Want.newBuilder().addAllTypes(types).setCount(count)));
        lender.told(free);
        return new Told(lender.node(), wanted.build());
    }

    private void send(List<Told> all) {
        all.forEach(told -> peers.tell(
                told.node(), Notice.newBuilder().setJobsWanted(told.wanted()).build()));
    }
}

package io.orquestrax.server.job;

import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.JobsLent;
import io.orquestrax.protocol.cluster.v1.JobsReturned;
import io.orquestrax.protocol.cluster.v1.JobsWithdrawn;
import io.orquestrax.protocol.cluster.v1.LentJob;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.server.peer.Peers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What goes to one other node about jobs, in order, and as few notices as it can be. */
final class PeerLine {
    /** Of the jobs in one notice; one large job alone may be above. */
    private static final int MAX_JOBS_BYTES = 1024 * 1024;

    private static final int MAX_KEYS = 5_000;

    /** Of jobs that were sent and have not come as far as is known: far below what ends a link. */
    private static final long MAX_UNDER_WAY_BYTES = 16L * 1024 * 1024;

    private static final Duration OVER_PAUSE = Duration.ofMillis(20);

    private final String node;
    private final Peers peers;
    private final Serial serial;
    private final Object monitor = new Object();
    private List<Outgoing> pending = new ArrayList<>();
    private List<Loan> over = new ArrayList<>();
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private long underWayBytes;
    private long losses;

    /**
     * Of one notice.
     *
     * @param last number of its last job
     */
    private record UnderWay(long last, long bytes) {}

    PeerLine(String node, Peers peers, Serial serial) {
        this.node = node;
        this.peers = peers;
        this.serial = serial;
    }

    private sealed interface Outgoing {
        record Lend(JobOffer offer, Duration waited, Loan loan, long number) implements Outgoing {}

        record Word(Kind kind, Loan loan) implements Outgoing {}
    }

    /** What is said of a loan. */
    private enum Kind {
        WITHDRAW,
        HOLD,
        GIVE_BACK,
        DISCLAIM
    }

    /**
     * @param number among all jobs that were lent to the node
     */
    void lend(JobOffer offer, Duration waited, Loan loan, long number) {
        add(new Outgoing.Lend(offer, waited, loan, number));
    }

    void withdraw(Loan loan) {
        add(new Outgoing.Word(Kind.WITHDRAW, loan));
    }

    /** Withdraws it unless a worker has it. */
    void hold(Loan loan) {
        add(new Outgoing.Word(Kind.HOLD, loan));
    }

    /**
     * As {@link #withdraw}, a little later and many together: the node knows it already unless somebody else has reported
     * what became of the job. Under the dispatcher's lock.
     */
    void over(Loan loan) {
        synchronized (monitor) {
            over.add(loan);
            if (over.size() == 1) {
                serial.later(OVER_PAUSE, () -> serial.afterwards(this::tellOver));
            }
        }
    }

    private void tellOver() {
        List<Loan> loans;
        synchronized (monitor) {
            loans = over;
            over = new ArrayList<>();
        }
        for (int start = 0; start < loans.size(); start += MAX_KEYS) {
            tell(Kind.WITHDRAW, loans.subList(start, Math.min(loans.size(), start + MAX_KEYS)));
        }
    }

    void giveBack(Loan loan) {
        add(new Outgoing.Word(Kind.GIVE_BACK, loan));
    }

    /** It is not here any more. */
    void disclaim(Loan loan) {
        add(new Outgoing.Word(Kind.DISCLAIM, loan));
    }

    private void add(Outgoing message) {
        synchronized (monitor) {
            pending.add(message);
            if (pending.size() == 1) {
                serial.afterwards(this::flush);
            }
        }
    }

    /**
     * The node has got so many of all the jobs that were lent to it. Whatever waits for that goes out after the present
     * change.
     */
    void received(long count) {
        synchronized (monitor) {
            boolean wasFull = isFull();
            while (!underWay.isEmpty() && underWay.getFirst().last() <= count) {
                underWayBytes -= underWay.removeFirst().bytes();
            }
            if (wasFull && !isFull() && !pending.isEmpty()) {
                serial.afterwards(this::flush);
            }
        }
    }

    /** The link is lost, with what was on it and what was to follow. */
    void lost() {
        synchronized (monitor) {
            pending.clear();
            underWay.clear();
            underWayBytes = 0;
            losses++;
        }
    }

    /** Those that have not gone out over the present link, since too much is under way. */
    Set<JobId> waiting() {
        synchronized (monitor) {
            Set<JobId> waiting = new HashSet<>();
            for (Outgoing message : pending) {
                if (message instanceof Outgoing.Lend lend) {
                    waiting.add(lend.loan().job());
                }
            }
            return waiting;
        }
    }

    private boolean isFull() {
        return underWayBytes >= MAX_UNDER_WAY_BYTES;
    }

    private void flush() {
        List<Outgoing> messages;
        long lossesBefore;
        synchronized (monitor) {
            messages = pending;
            pending = new ArrayList<>();
            lossesBefore = losses;
        }
        int next = 0;
        while (next < messages.size() && !mustWait(messages, next, lossesBefore)) {
            next = tell(messages, next);
        }
    }

    /** What waits keeps its order, and is gone where the link was lost meanwhile. */
    private boolean mustWait(List<Outgoing> messages, int next, long lossesBefore) {
        synchronized (monitor) {
            boolean isLost = losses != lossesBefore;
            boolean isFull = messages.get(next) instanceof Outgoing.Lend && isFull();
            if (isFull && !isLost) {
                pending.addAll(0, messages.subList(next, messages.size()));
            }
            return isFull || isLost;
        }
    }

    private int tell(List<Outgoing> messages, int start) {
        return switch (messages.get(start)) {
            case Outgoing.Lend _ -> tellLent(messages, start);
            case Outgoing.Word word -> {
                List<Loan> loans = run(messages, start, word.kind());
                tell(word.kind(), loans);
                yield start + loans.size();
            }
        };
    }

    private void tell(Kind kind, List<Loan> loans) {
        tell(
                switch (kind) {
                    case WITHDRAW, HOLD ->
                        Notice.newBuilder()
                                .setJobsWithdrawn(JobsWithdrawn.newBuilder()
                                        .addAllKeys(Loan.keys(loans))
                                        .addAllLoans(Loan.numbers(loans))
                                        .setWaitingOnly(kind == Kind.HOLD));
                    case GIVE_BACK, DISCLAIM ->
                        Notice.newBuilder()
                                .setJobsReturned(JobsReturned.newBuilder()
                                        .addAllKeys(Loan.keys(loans))
                                        .addAllLoans(Loan.numbers(loans))
                                        .setUnknown(kind == Kind.DISCLAIM));
                });
    }

    private int tellLent(List<Outgoing> messages, int start) {
        JobsLent.Builder notice = JobsLent.newBuilder();
        int next = start;
        long bytes = 0;
        for (; next < messages.size() && bytes < MAX_JOBS_BYTES; next++) {
            if (!(messages.get(next) instanceof Outgoing.Lend lend)) {
                break;
            }
            LentJob job =
                    JobMessages.lent(lend.offer(), lend.waited(), lend.loan().number());
            bytes += job.getSerializedSize();
            notice.addJobs(job).setTotal(lend.number());
        }
        synchronized (monitor) {
            underWay.add(new UnderWay(notice.getTotal(), bytes));
            underWayBytes += bytes;
        }
        tell(Notice.newBuilder().setJobsLent(notice));
        return next;
    }

    private void tell(Notice.Builder notice) {
        peers.tell(node, notice.build());
    }

    /** Those of which the same is said, one after the other. */
    private static List<Loan> run(List<Outgoing> messages, int start, Kind kind) {
        List<Loan> run = new ArrayList<>();
        for (Outgoing message : messages.subList(start, Math.min(messages.size(), start + MAX_KEYS))) {
            if (!(message instanceof Outgoing.Word word && word.kind() == kind)) {
                break;
            }
            run.add(word.loan());
        }
        return run;
    }
}

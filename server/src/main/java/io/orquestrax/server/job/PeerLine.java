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
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    private List<JobId> over = new ArrayList<>();
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private long underWayBytes;

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
        record Lend(JobOffer offer, Duration waited, long number) implements Outgoing {}

        record Withdraw(JobId job) implements Outgoing {}

        record Hold(JobId job) implements Outgoing {}

        record GiveBack(JobId job) implements Outgoing {}

        record Disclaim(JobId job) implements Outgoing {}
    }

    /**
     * @param number among all jobs that were lent to the node
     */
    void lend(JobOffer offer, Duration waited, long number) {
        add(new Outgoing.Lend(offer, waited, number));
    }

    void withdraw(JobId job) {
        add(new Outgoing.Withdraw(job));
    }

    /** Withdraws it unless a worker has it. */
    void hold(JobId job) {
        add(new Outgoing.Hold(job));
    }

    /**
     * As {@link #withdraw}, a little later and many together: the node knows it already unless somebody else has reported
     * what became of the job. Under the dispatcher's lock.
     */
    void over(JobId job) {
        synchronized (monitor) {
            over.add(job);
            if (over.size() == 1) {
                serial.later(OVER_PAUSE, () -> serial.afterwards(this::tellOver));
            }
        }
    }

    private void tellOver() {
        List<JobId> jobs;
        synchronized (monitor) {
            jobs = over;
            over = new ArrayList<>();
        }
        for (int start = 0; start < jobs.size(); start += MAX_KEYS) {
            List<JobId> some = jobs.subList(start, Math.min(jobs.size(), start + MAX_KEYS));
            tell(Notice.newBuilder().setJobsWithdrawn(JobsWithdrawn.newBuilder().addAllKeys(JobKeys.writeAll(some))));
        }
    }

    void giveBack(JobId job) {
        add(new Outgoing.GiveBack(job));
    }

    /** It is not here any more. */
    void disclaim(JobId job) {
        add(new Outgoing.Disclaim(job));
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
        }
    }

    private boolean isFull() {
        return underWayBytes >= MAX_UNDER_WAY_BYTES;
    }

    private void flush() {
        List<Outgoing> messages;
        synchronized (monitor) {
            messages = pending;
            pending = new ArrayList<>();
        }
        int next = 0;
        while (next < messages.size() && !mustWait(messages, next)) {
            next = tell(messages, next);
        }
    }

    /** What waits keeps its order. */
    private boolean mustWait(List<Outgoing> messages, int next) {
        synchronized (monitor) {
            boolean isFull = messages.get(next) instanceof Outgoing.Lend && isFull();
            if (isFull) {
                pending.addAll(0, messages.subList(next, messages.size()));
            }
            return isFull;
        }
    }

    private int tell(List<Outgoing> messages, int start) {
        return switch (messages.get(start)) {
            case Outgoing.Lend _ -> tellLent(messages, start);
            case Outgoing.Withdraw _ -> {
                List<JobId> run = run(messages, start, m -> m instanceof Outgoing.Withdraw w ? w.job() : null);
                tell(Notice.newBuilder()
                        .setJobsWithdrawn(JobsWithdrawn.newBuilder().addAllKeys(JobKeys.writeAll(run))));
                yield start + run.size();
            }
            case Outgoing.Hold _ -> {
                List<JobId> run = run(messages, start, m -> m instanceof Outgoing.Hold h ? h.job() : null);
                tell(Notice.newBuilder()
                        .setJobsWithdrawn(JobsWithdrawn.newBuilder()
                                .addAllKeys(JobKeys.writeAll(run))
                                .setWaitingOnly(true)));
                yield start + run.size();
            }
            case Outgoing.GiveBack _ -> {
                List<JobId> run = run(messages, start, m -> m instanceof Outgoing.GiveBack g ? g.job() : null);
                tell(Notice.newBuilder()
                        .setJobsReturned(JobsReturned.newBuilder().addAllKeys(JobKeys.writeAll(run))));
                yield start + run.size();
            }
            case Outgoing.Disclaim _ -> {
                List<JobId> run = run(messages, start, m -> m instanceof Outgoing.Disclaim d ? d.job() : null);
                tell(Notice.newBuilder()
                        .setJobsReturned(JobsReturned.newBuilder()
                                .addAllKeys(JobKeys.writeAll(run))
                                .setUnknown(true)));
                yield start + run.size();
            }
        };
    }

    private int tellLent(List<Outgoing> messages, int start) {
        JobsLent.Builder notice = JobsLent.newBuilder();
        int next = start;
        long bytes = 0;
        for (; next < messages.size() && bytes < MAX_JOBS_BYTES; next++) {
            if (!(messages.get(next) instanceof Outgoing.Lend lend)) {
                break;
            }
            LentJob job = JobMessages.lent(lend.offer(), lend.waited());
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

    private static List<JobId> run(List<Outgoing> messages, int start, Function<Outgoing, @Nullable JobId> ofKind) {
        List<JobId> run = new ArrayList<>();
        for (Outgoing message : messages.subList(start, Math.min(messages.size(), start + MAX_KEYS))) {
            JobId job = ofKind.apply(message);
            if (job == null) {
                break;
            }
            run.add(job);
        }
        return run;
    }
}

package io.orquestrax.server.job;

import io.orquestrax.engine.command.JobRetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Another node that takes jobs of this one for its workers. Guarded by the dispatcher's lock. */
final class Borrower extends Holder {
    /** Jobs of this node that one other may have at a time. */
    private static final int MAX_LOANS = 50_000;

    private final PeerLine line;
    private final BiConsumer<Job, Borrower> lend;
    private List<Want> wants = List.of();
    private boolean isLinked;
    private boolean isAlive = true;
    private long lent;
    private long received;
    private Timers.@Nullable Timer untilLost;

    /**
     * @param lend does what lending a job takes
     */
    Borrower(String node, PeerLine line, BiConsumer<Job, Borrower> lend) {
        super(node);
        this.line = line;
        this.lend = lend;
    }

    /** Some types of jobs that the node takes, and how many. */
    final class Want implements Taker {
        private final Set<String> types;
        private int left;

        Want(Set<String> types, int left) {
            this.types = types;
            this.left = left;
        }

        @Override
        public Set<String> types() {
            return types;
        }

        @Override
        public int free() {
            return isLinked && isAlive ? Math.min(left, MAX_LOANS - held().size()) : 0;
        }

        @Override
        public void take(Job job) {
            left--;
            lend.accept(job, Borrower.this);
        }

        @Override
        public boolean isNear() {
            return false;
        }
    }

    /** What is wanted by type. */
    record Wanted(Set<String> types, int count) {}

    /**
     * Replaces what it wanted before; what was lent to it meanwhile is taken off.
     *
     * @param hadReceived of the jobs that were ever lent to it, when it said so
     */
    void wants(List<Wanted> wanted, long hadReceived) {
        received = Math.min(lent, Math.max(received, hadReceived));
        line.received(received);
        long underWay = lent - received;
        List<Want> next = new ArrayList<>();
        for (Wanted each : wanted) {
            int left = (int) Math.max(0, each.count() - underWay);
            underWay -= each.count() - left;
            next.add(new Want(each.types(), left));
        }
        wants = next;
    }

    List<Want> wants() {
        return wants;
    }

    void wantsNothing() {
        wants.forEach(want -> want.left = 0);
    }

    PeerLine line() {
        return line;
    }

    /** The number of the next job that is sent to it. */
    long nextLent() {
        return ++lent;
    }

    boolean isLinked() {
        return isLinked;
    }

    /** What was lent over an earlier link has come by now, or never will. */
    void linked() {
        isLinked = true;
        received = lent;
    }

    void unlinked() {
        isLinked = false;
        line.lost();
    }

    boolean isAlive() {
        return isAlive;
    }

    void alive(boolean alive) {
        isAlive = alive;
    }

    /** Whether there is nothing left to know of it. */
    boolean isForgotten() {
        return !isAlive && !isLinked && held().isEmpty();
    }

    /**
     * It cannot be heard.
     *
     * @param next runs out unless it is heard of again
     */
    void awaited(Timers.Timer next) {
        untilLost = next;
    }

    boolean isAwaited() {
        return untilLost != null;
    }

    /** Nobody waits for it any more; whether it can be heard now is another question. */
    void heard() {
        if (untilLost != null) {
            untilLost.cancel();
            untilLost = null;
        }
    }

    @Override
    void cancel(Job job) {
        line.withdraw(job.loan());
    }

    @Override
    @Nullable
    String workerName() {
        return null;
    }

    @Override
    boolean isAway() {
        return !isLinked || !isAlive;
    }

    @Override
    Optional<JobRetryPolicy> retryPolicy(String type) {
        return Optional.empty();
    }

    @Override
    Optional<Duration> runningLimit(String type) {
        return Optional.empty();
    }

    @Override
    Optional<Duration> heartbeatLimit(String type) {
        return Optional.empty();
    }
}

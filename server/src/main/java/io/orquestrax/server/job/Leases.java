package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.Job.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Workers without a stream: they ask for jobs, and keep them by a lease. Guarded by the dispatcher's lock. */
final class Leases {
    /** How long a worker is taken to be there after it was last heard. */
    private static final Duration SEEN = Duration.ofMinutes(1);
    /** Of workers whose job was recovered: their name is lost with the lease. */
    private static final String UNNAMED = "unnamed";

    private final Map<String, HttpWorker> workers = new HashMap<>();
    private final Set<Poll> polls = new HashSet<>();
    private final JobTable table;
    private final Matching matching;
    private final Attempts attempts;
    private final Outcomes outcomes;
    private final Serial serial;
    private final Changes changes;
    private final DispatcherSettings settings;
    private boolean closed;

    Leases(
            JobTable table,
            Matching matching,
            Attempts attempts,
            Outcomes outcomes,
            Serial serial,
            Changes changes,
            DispatcherSettings settings) {
        this.table = table;
        this.matching = matching;
        this.attempts = attempts;
        this.outcomes = outcomes;
        this.serial = serial;
        this.changes = changes;
        this.settings = settings;
    }

    CompletableFuture<List<JobAssignment>> activate(
            Set<String> types, String name, int max, Duration wait, Duration lease) {
        if (closed) {
            return CompletableFuture.completedFuture(List.of());
        }
        HttpWorker worker = worker(name);
        if (worker.asked(types, max)) {
            changes.types();
        }
        seen(worker);
        Duration granted = lease.compareTo(settings.maxLease()) > 0 ? settings.maxLease() : lease;
        Poll poll =
                new Poll(types, max, (any, job) -> attempts.assign(job, worker, granted), any -> answer(any, worker));
        matching.fill(poll);
        if (!poll.taken().isEmpty() || !wait.isPositive()) {
            answer(poll, worker);
        } else {
            polls.add(poll);
            poll.waitUntil(serial.later(wait, () -> answer(poll, worker)));
        }
        var _ = poll.future().whenComplete((jobs, failure) -> serial.run(() -> end(poll)));
        return poll.future();
    }

    private boolean end(Poll poll) {
        boolean ends = poll.end();
        if (ends) {
            matching.unlist(poll);
            polls.remove(poll);
        }
        return ends;
    }

    private void answer(Poll poll, HttpWorker worker) {
        if (end(poll)) {
            seen(worker);
            serial.afterwards(() -> deliver(poll, worker));
        }
    }

    /** Whoever cancelled the poll meanwhile got none of its jobs. */
    private void deliver(Poll poll, HttpWorker worker) {
        if (!poll.future().complete(poll.assignments())) {
            serial.run(() -> poll.taken().forEach(job -> attempts.requeue(job, worker)));
        }
    }

    private HttpWorker worker(String name) {
        forgetUnseen();
        return workers.computeIfAbsent(name, id -> new HttpWorker(id, serial.now()));
    }

    private void seen(HttpWorker worker) {
        worker.seen(serial.now());
        if (!worker.isShown()) {
            worker.show(true);
            changes.types();
            serial.later(SEEN.plusMillis(1), () -> hideUnseen(worker));
        }
    }

    /** Nothing tells that such a worker left but its silence. */
    private void hideUnseen(HttpWorker worker) {
        Duration left = Duration.between(serial.now().minus(SEEN), worker.seenAt());
        if (left.isNegative()) {
            worker.show(false);
            changes.types();
        } else {
            serial.later(left.plusMillis(1), () -> hideUnseen(worker));
        }
    }

    private void forgetUnseen() {
        Instant since = serial.now().minus(SEEN);
        workers.values()
                .removeIf(worker ->
                        worker.seenAt().isBefore(since) && worker.held().isEmpty());
    }

    /**
     * Renews the lease.
     *
     * @return when the lease is over now; empty where the job is not the caller's any more
     */
    Optional<Instant> heartbeat(JobId id, @Nullable JsonNode progress) {
        Job job = table.find(id).orElse(null);
        if (job == null || !isTheirs(job)) {
            return Optional.empty();
        }
        attempts.progressed(job, progress);
        return job.leaseUntil();
    }

    private boolean isTheirs(Job job) {
        boolean isNobodys = job.state() == State.UNCLAIMED
                || job.state() == State.LENT && job.holder().map(Holder::isAway).orElse(false);
        if (isNobodys) {
            HttpWorker unnamed = worker(UNNAMED);
            seen(unnamed);
            return attempts.claim(job.id(), unnamed, null, settings.unclaimedGrace());
        }
        boolean runs = job.state() == State.HELD || job.state() == State.CLAIMED;
        if (runs && job.holder().orElse(null) instanceof HttpWorker worker) {
            seen(worker);
            job.heard(serial.now());
            return true;
        }
        return false;
    }

    void handBack(List<JobId> ids) {
        ids.stream()
                .flatMap(id -> table.find(id).stream())
                .filter(job -> job.state() == State.HELD && job.holder().orElse(null) instanceof HttpWorker)
                .forEach(job -> outcomes.lose(job, LossReason.HANDED_BACK));
    }

    boolean hasWorkerFor(String type) {
        return seen().anyMatch(worker -> worker.takes(type));
    }

    /** That workers ask for. */
    Stream<String> types() {
        return seen().flatMap(worker -> worker.types().stream());
    }

    Stream<WorkerView> views() {
        return seen().map(HttpWorker::view);
    }

    private Stream<HttpWorker> seen() {
        Instant since = serial.now().minus(SEEN);
        return workers.values().stream().filter(worker -> !worker.seenAt().isBefore(since));
    }

    void close() {
        closed = true;
        for (Poll poll : List.copyOf(polls)) {
            if (end(poll)) {
                serial.afterwards(() -> poll.future().complete(List.of()));
            }
        }
    }
}

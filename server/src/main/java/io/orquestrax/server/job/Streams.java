package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.Job.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Workers with a stream: how they come, speak and go. Guarded by the dispatcher's lock. */
final class Streams {
    private final Map<String, StreamWorker> workers;
    private final JobTable table;
    private final Matching matching;
    private final Attempts attempts;
    private final Outcomes outcomes;
    private final Serial serial;
    private final Changes changes;
    private final Duration grace;

    Streams(
            Map<String, StreamWorker> workers,
            JobTable table,
            Matching matching,
            Attempts attempts,
            Outcomes outcomes,
            Serial serial,
            Changes changes,
            Duration grace) {
        this.workers = workers;
        this.table = table;
        this.matching = matching;
        this.attempts = attempts;
        this.outcomes = outcomes;
        this.serial = serial;
        this.changes = changes;
        this.grace = grace;
    }

    /** A worker on one of its connections, and the claims that it was refused. */
    record Welcome(StreamWorker worker, List<JobId> refusedClaims) {}

    Welcome connect(WorkerHello hello, Connection connection) {
        StreamWorker worker = workers.get(hello.workerId());
        if (worker == null) {
            worker = new StreamWorker(hello, connection, serial.now(), this::assign);
            workers.put(hello.workerId(), worker);
        } else {
            worker.connection().ifPresent(Connection::replaced);
            matching.unlist(worker);
            worker.reconnected(hello, connection, serial.now());
        }
        changes.types();
        List<JobId> refused = claim(worker, hello.claims());
        matching.fill(worker);
        return new Welcome(worker, refused);
    }

    private void assign(Job job, StreamWorker worker) {
        JobAssignment assignment = attempts.assign(job, worker, null);
        worker.connection().ifPresent(connection -> connection.assign(assignment));
    }

    /** What it had and does not claim never reached it, or it lost it. */
    private List<JobId> claim(StreamWorker worker, List<WorkerHello.Claim> claims) {
        List<JobId> refused = claims.stream()
                .filter(claim -> !attempts.claim(claim.job(), worker, claim.startedAt(), null))
                .map(WorkerHello.Claim::job)
                .toList();
        claims.forEach(claim -> attempts.claimAnew(claim.job()));
        Set<JobId> claimed = claims.stream().map(WorkerHello.Claim::job).collect(Collectors.toSet());
        List.copyOf(worker.held()).stream()
                .filter(job -> !claimed.contains(job.id()))
                .forEach(job -> outcomes.lose(job, LossReason.WORKER_GONE));
        return refused;
    }

    void report(StreamWorker worker, List<JobResult> results) {
        results.forEach(result -> outcomes.report(result, worker, attempts::awaitOffer));
    }

    /** A worker that works on what is not its job (any more) is told so. */
    void heartbeat(StreamWorker worker, JobId id, @Nullable JsonNode progress) {
        Job job = table.find(id).orElse(null);
        if (job == null || job.state() == State.ENDING || !attempts.claim(id, worker, null, null)) {
            worker.cancel(id);
        } else {
            attempts.progressed(job, progress);
        }
    }

    void drain(StreamWorker worker) {
        worker.drain();
        changes.types();
    }

    void handBack(StreamWorker worker, List<JobId> ids) {
        ids.stream()
                .flatMap(id -> table.find(id).stream())
                .filter(job -> worker.held().contains(job))
                .forEach(job -> outcomes.lose(job, LossReason.HANDED_BACK));
    }

    void disconnected(StreamWorker worker, Connection connection) {
        if (!worker.isConnectedBy(connection)) {
            return;
        }
        worker.disconnected(serial.later(grace, () -> gone(worker)));
        matching.unlist(worker);
        changes.types();
        if (worker.held().isEmpty()) {
            gone(worker);
        }
    }

    /** Its stream is with another node now, though it may still seem open here. */
    void movedAway(Holder holder) {
        if (holder instanceof StreamWorker worker) {
            worker.connection().ifPresent(connection -> {
                connection.replaced();
                disconnected(worker, connection);
            });
        }
    }

    private void gone(StreamWorker worker) {
        workers.remove(worker.id(), worker);
        List.copyOf(worker.held()).forEach(job -> outcomes.lose(job, LossReason.WORKER_GONE));
    }

    boolean hasWorkerFor(String type) {
        return workers.values().stream().anyMatch(worker -> worker.takes(type));
    }

    /** That connected workers take. */
    Stream<String> types() {
        return workers.values().stream()
                .flatMap(worker -> worker.types().stream().filter(worker::takes));
    }

    Stream<WorkerView> views() {
        return workers.values().stream().filter(worker -> !worker.isAway()).map(StreamWorker::view);
    }
}

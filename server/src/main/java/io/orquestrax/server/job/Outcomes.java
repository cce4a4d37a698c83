package io.orquestrax.server.job;

import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.Job.State;
import io.orquestrax.server.partition.CommandGateway;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What becomes of attempts: results, losses, limits that are over. Guarded by the dispatcher's lock. */
final class Outcomes {
    private final JobTable table;
    private final Matching matching;
    private final Map<String, StreamWorker> streamWorkers;
    private final Serial serial;
    private final Settlements settlements;

    Outcomes(
            CommandGateway commands,
            JobTable table,
            Matching matching,
            Map<String, StreamWorker> streamWorkers,
            Serial serial) {
        this.table = table;
        this.matching = matching;
        this.streamWorkers = streamWorkers;
        this.serial = serial;
        this.settlements = new Settlements(commands, serial, this::finished);
    }

    /**
     * The engine decides whether it counts, also where this node does not know the job.
     *
     * @param unknownJobWaits how a failure waits for the offer of its job, which tells whose policy applies
     */
    void report(JobResult result, StreamWorker from, Consumer<Job> unknownJobWaits) {
        from.awaitsAcknowledgement(result.job());
        Job job = findOrAdd(result.job());
        if (job.parked().isPresent()) {
            return;
        }
        if (job.state() == State.REPORTED) {
            job.settlement().ifPresent(settlement -> settlement.workers().add(from.id()));
        } else if (needsType(job, result, from)) {
            job.park(new Job.Parked(result, from));
            unknownJobWaits.accept(job);
        } else {
            settle(job, result, from);
        }
    }

    /**
     * As the other one, for a caller without a stream, who declares no policy.
     *
     * @param mayHaveCounted whether it was told to another node, which did not answer
     */
    void report(JobResult result, CompletableFuture<Boolean> caller, boolean mayHaveCounted) {
        Job job = findOrAdd(result.job());
        settleParked(job);
        if (job.state() != State.REPORTED) {
            settle(job, result, job.holder().filter(Outcomes::isWorker).orElse(null));
        }
        job.settlement().ifPresent(settlement -> {
            settlement.callers().add(caller);
            if (mayHaveCounted) {
                settlement.doubt();
            }
        });
    }

    private static boolean isWorker(Holder holder) {
        return !(holder instanceof Borrower);
    }

    /** Sends a result that waited for its job to be known, known or not. */
    void settleParked(Job job) {
        job.parked().ifPresent(parked -> {
            job.park(null);
            settle(job, parked.result(), parked.from());
        });
    }

    /** The next attempt is the engine's to offer. */
    void lose(Job job, LossReason reason) {
        if (job.parked().isPresent()) {
            settleParked(job);
            return;
        }
        end(
                job,
                new Command.LoseJob(
                        job.id().activation(),
                        job.id().attempt(),
                        job.workerName(),
                        job.startedAt(),
                        reason,
                        job.progress()));
    }

    void timeOut(Job job, WorkflowError error, boolean retryable) {
        JobRetryPolicy policy =
                job.holder().flatMap(holder -> holder.retryPolicy(job.type())).orElse(null);
        end(
                job,
                new Command.FailJob(
                        job.id().activation(),
                        job.id().attempt(),
                        job.workerName(),
                        job.startedAt(),
                        error,
                        retryable,
                        retryable ? policy : null,
                        job.progress()));
    }

    /** Whoever has the job, if anybody can be told, is to stop with it. */
    static void cancelAtHolder(Job job) {
        job.holder().ifPresent(holder -> holder.cancel(job));
    }

    private Job findOrAdd(JobId id) {
        return table.find(id).orElseGet(() -> {
            Job unknown = new Job(id, null, State.CLAIMED);
            table.add(unknown);
            return unknown;
        });
    }

    private static boolean needsType(Job job, JobResult result, StreamWorker from) {
        return result instanceof JobResult.Failed failed
                && failed.retryable()
                && job.offer().isEmpty()
                && from.hasSeveralPolicies();
    }

    private void settle(Job job, JobResult result, @Nullable Holder from) {
        if (job.holder().filter(holder -> holder != from).isPresent()) {
            cancelAtHolder(job);
        }
        Command command = command(job, result, from);
        table.detach(job);
        job.become(State.REPORTED);
        Settlement settlement = new Settlement(job, command);
        if (from instanceof StreamWorker worker) {
            settlement.workers().add(worker.id());
        }
        start(settlement);
    }

    private static Command command(Job job, JobResult result, @Nullable Holder from) {
        String worker = from == null ? job.workerName() : from.id();
        job.startedAt(result.startedAt());
        return switch (result) {
            case JobResult.Completed completed ->
                new Command.CompleteJob(
                        job.id().activation(), job.id().attempt(), worker, job.startedAt(), completed.output());
            case JobResult.Failed failed ->
                new Command.FailJob(
                        job.id().activation(),
                        job.id().attempt(),
                        worker,
                        job.startedAt(),
                        failed.error(),
                        failed.retryable(),
                        policy(job, from).orElse(null),
                        job.progress());
        };
    }

    private static Optional<JobRetryPolicy> policy(Job job, @Nullable Holder from) {
        if (job.offer().isPresent()) {
            return Optional.ofNullable(from).flatMap(holder -> holder.retryPolicy(job.type()));
        }
        return from instanceof StreamWorker worker && !worker.hasSeveralPolicies()
                ? worker.onlyPolicy()
                : Optional.empty();
    }

    private void end(Job job, Command command) {
        table.detach(job);
        job.become(State.ENDING);
        start(new Settlement(job, command));
    }

    private void start(Settlement settlement) {
        settlement.job().settleBy(settlement);
        settlements.send(settlement);
    }

    /** A settlement whose place another one took is of no interest: nobody waits for it. */
    private void finished(Settlement settlement, boolean counted) {
        Job job = settlement.job();
        if (job.isSettledBy(settlement)) {
            job.settleBy(null);
            table.remove(job);
        }
        for (String id : settlement.workers()) {
            StreamWorker worker = streamWorkers.get(id);
            if (worker != null) {
                worker.acknowledge(job.id(), counted);
                matching.fill(worker);
            }
        }
        settlement.callers().forEach(caller -> serial.afterwards(() -> caller.complete(counted)));
    }
}

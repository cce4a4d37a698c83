package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.partition.CommandGateway;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Matches jobs to the free capacity of workers: priority first, then the longest wait. */
public final class Dispatcher {

    public Dispatcher(CommandGateway commands, Clock clock, DispatcherSettings settings) {}

    /** An effect: hand this attempt to a worker. */
    public void offer(JobOffer offer) {
        throw new UnsupportedOperationException("to be built");
    }

    /** After recovery: attempts that a worker may still run; what nobody claims in time is lost, as UNCLAIMED. */
    public void offerRecovered(List<JobOffer> offers) {
        throw new UnsupportedOperationException("to be built");
    }

    /** An effect: take it from the queue, or tell its worker to stop. */
    public void withdraw(JobId job) {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * An effect: the instance is suspended, so take the attempt from the queue; a worker that has it already goes on.
     * Resuming offers it again, which must change nothing for an attempt that is queued or with a worker.
     */
    public void hold(JobId job) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Drops what it knows of these instances' jobs, since their partition has another owner. */
    public void forget(Predicate<UUID> instances) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Who has this attempt now. */
    public Optional<JobPresence> presence(JobId job) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Whether any connected worker takes jobs of the type. */
    public boolean hasWorkerFor(String type) {
        throw new UnsupportedOperationException("to be built");
    }

    /** How long a worker may be away before its jobs go to others. */
    public Duration grace() {
        throw new UnsupportedOperationException("to be built");
    }

    /** A worker with a stream. */
    public WorkerSession connect(WorkerHello hello, WorkerSink sink) {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * For workers without a stream: completes as soon as there is a job, with an empty list when the wait is over.
     *
     * @param lease how long each job is the worker's without a heartbeat
     */
    public CompletableFuture<List<JobAssignment>> activate(
            Set<String> types, String worker, int max, Duration wait, Duration lease) {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * Completes when the result is durable.
     *
     * @return false for a result that came too late or twice
     */
    public CompletableFuture<Boolean> complete(JobId job, JsonNode output) {
        throw new UnsupportedOperationException("to be built");
    }

    /** As {@link #complete}. */
    public CompletableFuture<Boolean> fail(JobId job, WorkflowError error, boolean retryable) {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * Renews the lease.
     *
     * @param progress absent to keep the last one
     * @return false where the job is not the caller's any more: stop
     */
    public boolean heartbeat(JobId job, @Nullable JsonNode progress) {
        throw new UnsupportedOperationException("to be built");
    }

    public List<WorkerView> workers() {
        throw new UnsupportedOperationException("to be built");
    }
}

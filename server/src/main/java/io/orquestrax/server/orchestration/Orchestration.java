package io.orquestrax.server.orchestration;

import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.server.job.WorkerView;
import io.orquestrax.store.Page;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The one application service behind every door: REST, gRPC and the dashboard translate to it and back.
 *
 * <p>What reads the database blocks, and is called on virtual threads; what changes an instance, or waits for one,
 * answers with a future. Both fail with {@link ServiceException} for what the caller caused.
 */
public final class Orchestration {

    /**
     * @param source YAML or JSON in UTF-8
     */
    public Deployment deploy(Caller caller, byte[] source) {
        throw new UnsupportedOperationException("to be built");
    }

    /** The document's problems, errors and warnings; none where it is valid. */
    public List<Problem> validate(Caller caller, byte[] source) {
        throw new UnsupportedOperationException("to be built");
    }

    public Page<StoredDefinition> definitions(
            Caller caller,
            @Nullable String namespace,
            @Nullable String name,
            int pageSize,
            @Nullable String pageToken) {
        throw new UnsupportedOperationException("to be built");
    }

    public StoredDefinition definition(Caller caller, DefinitionId id) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Of the highest version. */
    public StoredDefinition definition(Caller caller, String namespace, String name) {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * Completes when the start is durable.
     *
     * @return the new instance, or with a key the open one that the same request started before
     */
    public CompletableFuture<Started> start(Caller caller, StartRequest request) {
        throw new UnsupportedOperationException("to be built");
    }

    public InstanceRow instance(Caller caller, UUID id) {
        throw new UnsupportedOperationException("to be built");
    }

    public Page<InstanceRow> instances(Caller caller, InstanceFilter filter, int pageSize, @Nullable String pageToken) {
        throw new UnsupportedOperationException("to be built");
    }

    /** How many instances are open, by status. */
    public Map<Status, Long> openCounts(Caller caller) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Events after a sequence number, in order, at most so many. */
    public List<EventRow> history(Caller caller, UUID id, long afterSequence, int limit) {
        throw new UnsupportedOperationException("to be built");
    }

    /** The steps with their present state: the history's, and the dispatcher's knowledge of open jobs. */
    public List<Activation> activations(Caller caller, UUID id) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Completes when the instance closes or the wait is over, with its row at that moment; holds no thread. */
    public CompletableFuture<InstanceRow> await(Caller caller, UUID id, Duration wait) {
        throw new UnsupportedOperationException("to be built");
    }

    public CompletableFuture<InstanceRow> cancel(Caller caller, UUID id, @Nullable String reason) {
        throw new UnsupportedOperationException("to be built");
    }

    public CompletableFuture<InstanceRow> suspend(Caller caller, UUID id, @Nullable String reason) {
        throw new UnsupportedOperationException("to be built");
    }

    public CompletableFuture<InstanceRow> resume(Caller caller, UUID id, @Nullable String reason) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Runs a faulted instance again from the task that failed. */
    public CompletableFuture<InstanceRow> retry(Caller caller, UUID id, @Nullable String reason) {
        throw new UnsupportedOperationException("to be built");
    }

    public List<WorkerView> workers(Caller caller) {
        throw new UnsupportedOperationException("to be built");
    }

    public ClusterView cluster(Caller caller) {
        throw new UnsupportedOperationException("to be built");
    }
}

package io.orquestrax.server.orchestration;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.store.instance.BusinessKeys;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries of faulted instances, which take their keys back first: the fault had released them. */
final class InstanceRetries {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceRetries.class);

    private final InstanceQueries queries;
    private final BusinessKeys keys;
    private final Executor blocking;

    InstanceRetries(InstanceQueries queries, BusinessKeys keys, Executor blocking) {
        this.queries = queries;
        this.keys = keys;
        this.blocking = blocking;
    }

    /**
     * @param command of the instance, asked for once the key is its own again
     */
    CompletableFuture<InstanceRow> retry(UUID id, Supplier<CompletableFuture<InstanceRow>> command) {
        return CompletableFuture.supplyAsync(() -> Orchestration.read(() -> takeKeyBack(id)), blocking)
                .thenCompose(taken -> taken.isEmpty() ? command.get() : retry(taken.get(), command.get()));
    }

    private CompletableFuture<InstanceRow> retry(InstanceRow taken, CompletableFuture<InstanceRow> command) {
        return command.whenComplete((row, failure) -> {
            if (failure != null && isRefused(failure)) {
                blocking.execute(() -> giveKeyBack(taken));
            }
        });
    }

    /** Whether the instance surely stays closed; where that is open, the key is passed on when it is asked for later. */
    private static boolean isRefused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ServiceException refused
                && (refused.code() == ErrorCode.INSTANCE_NOT_FAULTED || refused.code() == ErrorCode.OVERLOADED);
    }

    /**
     * The instance whose key this call reserved; empty where it has none, holds it already, or did not fault.
     *
     * @throws ServiceException {@code key-conflict} where another open instance holds it
     */
    private Optional<InstanceRow> takeKeyBack(UUID id) {
        InstanceRow row = queries.find(id).orElseThrow(() -> CloseWaiter.notFound(id));
        String key = row.key();
        String input = row.input();
        if (row.status() != Status.FAULTED || key == null || input == null) {
            return Optional.empty();
        }
        // It may have been started by its version or as the highest one: both are repetitions of that start.
        List<String> fingerprints = Fingerprint.ofEither(row.definition().version(), Json.readTrusted(input));
        BusinessKeys.Holder holder =
                keys.reserve(row.definition().namespace(), row.definition().name(), key, id, fingerprints);
        if (!holder.instance().equals(id)) {
            throw new ServiceException(
                    ErrorCode.KEY_CONFLICT,
                    "Expected the key \"" + key + "\" of " + id + " to be free, but the open instance "
                            + holder.instance() + " holds it.");
        }
        return holder.isNew() ? Optional.of(row) : Optional.empty();
    }

    private void giveKeyBack(InstanceRow row) {
        try {
            keys.release(row.definition().namespace(), row.definition().name(), String.valueOf(row.key()), row.id());
        } catch (RuntimeException away) {
            LOG.warn("The key of {} cannot be released now, and is passed on later", row.id(), away);
        }
    }
}

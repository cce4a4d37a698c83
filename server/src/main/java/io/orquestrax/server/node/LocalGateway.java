package io.orquestrax.server.node;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.partition.Answer;
import io.orquestrax.server.partition.InstanceGateway;
import io.orquestrax.server.partition.NotOwnedException;
import io.orquestrax.server.partition.Partitions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The way to the instances of this node's own partitions, which waits while these change hands. */
final class LocalGateway implements InstanceGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Partitions partitions;
    private final Executor later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);

    LocalGateway(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public CompletableFuture<Answer> ask(UUID instance, Command command) {
        return attempt(() -> partitions.ask(instance, command), System.nanoTime());
    }

    @Override
    public CompletableFuture<Answer> start(UUID instance, Command.StartInstance command, Plan plan, boolean isFresh) {
        return attempt(() -> partitions.start(instance, command, plan, isFresh), System.nanoTime());
    }

    @Override
    public boolean knowsAsOpen(UUID instance) {
        return partitions.knowsAsOpen(instance);
    }

    @Override
    public int partitionOf(UUID instance) {
        return partitions.partitionOf(instance);
    }

    private CompletableFuture<Answer> attempt(Supplier<CompletableFuture<Answer>> ask, long beganNanos) {
        return ask.get().exceptionallyCompose(failure -> again(ask, beganNanos, failure));
    }

    private CompletionStage<Answer> again(Supplier<CompletableFuture<Answer>> ask, long beganNanos, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof NotOwnedException)) {
            return CompletableFuture.failedFuture(cause);
        }
        if (System.nanoTime() - beganNanos > PATIENCE.toNanos()) {
            return CompletableFuture.failedFuture(new ServiceException(
                    ErrorCode.UNAVAILABLE,
                    "The instance's partition is not served by this node now; try again later."));
        }
        return CompletableFuture.supplyAsync(() -> attempt(ask, beganNanos), later)
                .thenCompose(attempt -> attempt);
    }
}

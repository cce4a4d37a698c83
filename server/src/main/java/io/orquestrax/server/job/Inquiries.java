package io.orquestrax.server.job;

import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.partition.CommandGateway;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks the engine about attempts that workers run and the dispatcher has not heard of: those of suspended instances are
 * not offered when their partition is recovered. What is open is offered again.
 */
final class Inquiries {
    private final CommandGateway commands;

    Inquiries(CommandGateway commands) {
        this.commands = commands;
    }

    /** What is known of some attempts; those that are neither could not be asked about now. */
    record Findings(Set<JobId> open, Set<JobId> over) {
        static final Findings NONE = new Findings(Set.of(), Set.of());
    }

    /** Completes when the engine has answered for all; those that are open have been offered by then. Not under the lock. */
    CompletableFuture<Findings> ask(Collection<JobId> jobs) {
        Set<JobId> open = ConcurrentHashMap.newKeySet();
        Set<JobId> over = ConcurrentHashMap.newKeySet();
        CompletableFuture<?>[] asked = jobs.stream()
                .map(job -> ask(job).handle((@Nullable Reply reply, @Nullable Throwable away) -> {
                    if (reply != null) {
                        (reply instanceof Reply.Accepted ? open : over).add(job);
                    }
                    return null;
                }))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(asked).thenApply(all -> new Findings(open, over));
    }

    private CompletableFuture<Reply> ask(JobId job) {
        try {
            return commands.send(job.instance(), new Command.ClaimJob(job.activation(), job.attempt()));
        } catch (RuntimeException notAccepted) {
            return CompletableFuture.failedFuture(notAccepted);
        }
    }
}

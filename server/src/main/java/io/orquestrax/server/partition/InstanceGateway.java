package io.orquestrax.server.partition;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The way to instances, whichever node decides for them. */
public interface InstanceGateway extends CommandGateway, PartitionAddresses {

    /** As {@link #send}, with the instance after the decision. */
    CompletableFuture<Answer> ask(UUID instance, Command command);

    /**
     * Starts an instance, or answers the one that is there already.
     *
     * @param isFresh whether the id was made just now for nobody else, so that there can be no history to read
     * @param wait how long the caller waits for the end after it; another node may answer with the end, if it is near
     */
    CompletableFuture<Answer> start(
            UUID instance, Command.StartInstance command, Plan plan, boolean isFresh, Duration wait);

    /** Whether the instance is certainly not closed: an end of it is still to be committed by this node. */
    boolean knowsAsOpen(UUID instance);

    @Override
    default CompletableFuture<Reply> send(UUID instance, Command command) {
        return ask(instance, command).thenApply(Answer::reply);
    }
}

package io.orquestrax.server.partition;

import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The way of a command to the partition of its instance. */
public interface CommandGateway {

    /** Completes once the events that follow are durable; exceptionally only where the command was not accepted. */
    CompletableFuture<Reply> send(UUID instance, Command command);

    /**
     * As {@link #send}, for the result of a job of which an earlier try may have counted although nobody said so: it is
     * accepted where one of them did.
     */
    default CompletableFuture<Reply> sendAgain(UUID instance, Command command) {
        return send(instance, command);
    }
}

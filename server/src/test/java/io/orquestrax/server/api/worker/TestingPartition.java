package io.orquestrax.server.api.worker;

import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.server.partition.CommandGateway;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes every command, and answers each with the same reply. */
final class TestingPartition implements CommandGateway {
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private volatile Reply reply = Reply.ACCEPTED;

    @Override
    public CompletableFuture<Reply> send(UUID instance, Command command) {
        commands.add(command);
        return CompletableFuture.completedFuture(reply);
    }

    void refuse(Reply.Refusal refusal) {
        reply = new Reply.Refused(refusal);
    }

    <C extends Command> C next(Class<C> kind) throws InterruptedException {
        Command command = commands.poll(20, TimeUnit.SECONDS);
        if (command == null) {
            throw new AssertionError("Expected a " + kind.getSimpleName() + ", but none came");
        }
        return kind.cast(command);
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }
}

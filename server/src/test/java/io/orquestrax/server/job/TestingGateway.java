package io.orquestrax.server.job;

import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.server.partition.CommandGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Records what is sent, and answers as it is told to. */
final class TestingGateway implements CommandGateway {
    private final List<Command> commands = new ArrayList<>();
    private final List<CompletableFuture<Reply>> open = new ArrayList<>();
    private Function<Command, CompletableFuture<Reply>> answer =
            command -> CompletableFuture.completedFuture(Reply.ACCEPTED);

    @Override
    public CompletableFuture<Reply> send(UUID instance, Command command) {
        commands.add(command);
        return answer.apply(command);
    }

    void refuse(Refusal refusal) {
        answer = command -> CompletableFuture.completedFuture(new Reply.Refused(refusal));
    }

    void fail() {
        answer = command -> CompletableFuture.failedFuture(new IllegalStateException("recovering"));
    }

    void accept() {
        answer = command -> CompletableFuture.completedFuture(Reply.ACCEPTED);
    }

    /** Leaves commands unanswered until {@link #answerAll}. */
    void hold() {
        answer = command -> {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            open.add(reply);
            return reply;
        };
    }

    void answerAll(Reply reply) {
        List<CompletableFuture<Reply>> waiting = List.copyOf(open);
        open.clear();
        waiting.forEach(each -> each.complete(reply));
    }

    List<Command> commands() {
        return commands;
    }

    Command last() {
        return commands.getLast();
    }

    <C extends Command> List<C> sent(Class<C> kind) {
        return commands.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}

package io.orquestrax.server.peer;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.server.partition.Answer;
import io.orquestrax.server.partition.InstanceGateway;
import io.orquestrax.server.partition.NotOwnedException;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The partitions of a node: each accepts what it is asked while the test has it owned. */
final class TestingInstances implements InstanceGateway {
    static final int PARTITION = 3;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean owns;
    private volatile Reply reply = Reply.ACCEPTED;

    static InstanceRow row(UUID instance) {
        return row(instance, Status.RUNNING);
    }

    static InstanceRow row(UUID instance, Status status) {
        Instant now = Instant.parse("2026-01-02T03:04:05.000006Z");
        return new InstanceRow(
                instance,
                PARTITION,
                new DefinitionId("test", "simple", "1.0.0"),
                "hash",
                "key",
                status,
                now,
                now.plusSeconds(1),
                null,
                now.plusSeconds(2),
                "{\"n\":1.10}",
                null,
                null,
                Map.of("team", "blue"));
    }

    void owns(boolean owned) {
        owns = owned;
    }

    void refuse(Reply.Refusal refusal) {
        reply = new Reply.Refused(refusal);
    }

    boolean owns() {
        return owns;
    }

    /** What was asked, with {@code fresh} after a start of an instance without history. */
    List<String> asked() {
        return asked;
    }

    @Override
    public CompletableFuture<Answer> ask(UUID instance, Command command) {
        return answer(instance, command.getClass().getSimpleName());
    }

    @Override
    public CompletableFuture<Answer> start(
            UUID instance, Command.StartInstance command, Plan plan, boolean isFresh, Duration wait) {
        return answer(instance, "StartInstance" + (isFresh ? " fresh" : ""));
    }

    @Override
    public boolean knowsAsOpen(UUID instance) {
        return false;
    }

    @Override
    public int partitionOf(UUID instance) {
        return PARTITION;
    }

    private CompletableFuture<Answer> answer(UUID instance, String what) {
        if (!owns) {
            return CompletableFuture.failedFuture(new NotOwnedException(PARTITION));
        }
        asked.add(what);
        return CompletableFuture.completedFuture(new Answer(reply, () -> row(instance)));
    }
}

package io.orquestrax.server.partition;

import io.orquestrax.engine.Decision;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.journal.JournalEntry;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.server.live.InstanceChange;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A decision on its way through the journal, and what follows once it is durable. */
final class DecidedEntry implements JournalEntry {
    private final Partition partition;
    private final Tenure tenure;
    private final Residency residency;
    private final Decision decision;
    private final List<EventRow> events;
    private final @Nullable InstanceRow row;
    private final @Nullable CompletableFuture<Answer> answer;
    private final boolean mayLeaveMemory;

    DecidedEntry(
            Partition partition,
            Tenure tenure,
            Residency residency,
            Decision decision,
            List<EventRow> events,
            @Nullable InstanceRow row,
            @Nullable CompletableFuture<Answer> answer,
            boolean mayLeaveMemory) {
        this.partition = partition;
        this.tenure = tenure;
        this.residency = residency;
        this.decision = decision;
        this.events = events;
        this.row = row;
        this.answer = answer;
        this.mayLeaveMemory = mayLeaveMemory;
    }

    @Override
    public Tenure tenure() {
        return tenure;
    }

    @Override
    public UUID instance() {
        return residency.id();
    }

    @Override
    public List<EventRow> events() {
        return events;
    }

    @Override
    public @Nullable InstanceRow row() {
        return row;
    }

    @Override
    public boolean isAbandoned() {
        return residency.isAbandoned();
    }

    @Override
    public void durable() {
        try {
            decision.effects().forEach(this::perform);
        } finally {
            // Whatever an effect did, the events are durable, and the sender must be told.
            if (answer != null) {
                answer.complete(new Answer(decision.reply(), decision.state()));
            }
            if (mayLeaveMemory) {
                partition.post(new Message.Durable(residency, decision.state().sequence()));
            }
        }
        if (!events.isEmpty() && partition.feed().isWatched(instance())) {
            partition
                    .feed()
                    .publish(new InstanceChange(
                            InstanceRows.withoutPayloads(decision.state(), tenure.partition()),
                            () -> InstanceRows.whole(decision.state(), tenure.partition()),
                            events));
        }
    }

    @Override
    public void refused(RuntimeException cause) {
        residency.abandon();
        if (answer != null) {
            answer.completeExceptionally(cause);
        }
        partition.post(new Message.Abandoned(residency));
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.OfferJob(var offer) -> partition.jobs().offer(offer);
            case Effect.WithdrawJob(long activation, int attempt) ->
                partition.jobs().withdraw(new JobId(instance(), activation, attempt));
            case Effect.HoldJob(long activation, int attempt) ->
                partition.jobs().hold(new JobId(instance(), activation, attempt));
            case Effect.ContinueLater() -> partition.post(new Message.Continue(instance()));
            case Effect.Durable durable -> throw new IllegalStateException("Expected no durable effect yet");
        }
    }
}

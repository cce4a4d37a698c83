package io.orquestrax.server.partition;

import io.orquestrax.engine.Decision;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.journal.JournalEntry;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.server.live.InstanceChange;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.message.MessageRow;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A decision on its way through the journal, and what follows once it is durable. */
final class DecidedEntry implements JournalEntry {
    private final Partition partition;
    private final Tenure tenure;
    private final Residency residency;
    private final Decision decision;
    private final List<EventRow> events;
    private final @Nullable InstanceRow row;
    private final Consequences consequences;
    private final Occasion occasion;
    private final @Nullable JobId endedJob;
    private final boolean mayLeaveMemory;

    /**
     * @param endedJob the attempt that the command ended
     */
    DecidedEntry(
            Partition partition,
            Tenure tenure,
            Residency residency,
            Decision decision,
            List<EventRow> events,
            @Nullable InstanceRow row,
            Consequences consequences,
            Occasion occasion,
            @Nullable JobId endedJob,
            boolean mayLeaveMemory) {
        this.partition = partition;
        this.tenure = tenure;
        this.residency = residency;
        this.decision = decision;
        this.events = events;
        this.row = row;
        this.consequences = consequences;
        this.occasion = occasion;
        this.endedJob = endedJob;
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
    public Consequences consequences() {
        return consequences;
    }

    @Override
    public boolean isAbandoned() {
        return residency.isAbandoned();
    }

    @Override
    public void durable() {
        try {
            if (endedJob != null) {
                partition.jobs().ended(endedJob);
            }
            decision.effects().forEach(this::perform);
        } finally {
            // Whatever an effect did, the events are durable, and the sender must be told.
            occasion.complete(
                    new Answer(decision.reply(), () -> InstanceRows.whole(decision.state(), tenure.partition())));
            partition.committed(consequences);
            endCause();
            if (mayLeaveMemory) {
                partition.post(new Message.Durable(residency, decision.state().sequence()));
            }
        }
        InstanceState state = decision.state();
        if (!events.isEmpty()
                && partition
                        .feed()
                        .isWanted(
                                instance(),
                                state.origin().orElse(null),
                                state.status().isClosed())) {
            partition
                    .feed()
                    .publish(new InstanceChange(
                            InstanceRows.withoutPayloads(state, tenure.partition()),
                            () -> InstanceRows.whole(state, tenure.partition()),
                            events));
        }
    }

    @Override
    public void refused(RuntimeException cause) {
        residency.abandon();
        // Its partition's next owner can be asked in its place, for nothing of this will ever be written.
        occasion.fail(tenure.isLost() ? new NotOwnedException(tenure.partition()) : cause);
        partition.post(new Message.Abandoned(residency));
        endCause();
    }

    private void endCause() {
        MessageRow cause = occasion.cause();
        if (cause != null) {
            partition.post(new Message.Settled(cause.id()));
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.OfferJob(var offer) -> partition.jobs().offer(offer);
            case Effect.OfferJobAgain(var offer) -> partition.jobs().offerRecovered(List.of(offer));
            case Effect.WithdrawJob(long activation, int attempt) ->
                partition.jobs().withdraw(new JobId(instance(), activation, attempt));
            case Effect.HoldJob(long activation, int attempt) ->
                partition.jobs().hold(new JobId(instance(), activation, attempt));
            case Effect.ContinueLater() -> partition.post(new Message.Continue(instance()));
            // It stands in the consequences.
            case Effect.Durable written -> {}
        }
    }
}

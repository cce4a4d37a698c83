package io.orquestrax.server.partition;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.Decision;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.message.MessageRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a partition's thread makes of a command: the instance is brought into memory, decides, and what it decided goes to
 * the journal.
 */
final class Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Partition partition;
    private final PartitionParts parts;
    private final PartitionMeters meters;
    private final HistoryParts histories;
    private final LongHistories longHistories;
    private final PartitionMemory memory;
    private final Deliveries deliveries;
    private final DurableEffects durableEffects;

    Decisions(
            Partition partition,
            PartitionParts parts,
            PartitionMeters meters,
            HistoryParts histories,
            LongHistories longHistories,
            PartitionMemory memory,
            Deliveries deliveries,
            DurableEffects durableEffects) {
        this.partition = partition;
        this.parts = parts;
        this.meters = meters;
        this.histories = histories;
        this.longHistories = longHistories;
        this.memory = memory;
        this.deliveries = deliveries;
        this.durableEffects = durableEffects;
    }

    void decide(UUID instance, Command command, Occasion occasion) {
        if (longHistories.hold(instance, command, occasion)) {
            return;
        }
        Instant now = parts.clock().instant();
        try {
            Residency residency = residencyOrNull(instance, occasion.birth());
            if (residency == null) {
                longHistories.hold(instance, command, occasion);
                return;
            }
            if (!residency.state().isBorn() && occasion.birth() == null) {
                unknown(residency, occasion);
                return;
            }
            Decision decision =
                    parts.decider().decide(residency.state(), command, now, plan(residency, occasion.birth()));
            meters.command(command);
            record(residency, command, decision, now, occasion);
        } catch (StoreException away) {
            LOG.warn("Instance {}: cannot be read", instance, away);
            memory.wakeAt(instance, now.plus(AFTER_FAILURE));
            abort(occasion, new ServiceException(ErrorCode.UNAVAILABLE, "The database cannot be reached."));
        } catch (RuntimeException | StackOverflowError bug) {
            // The state is as it was, for nothing of a decision is kept before it is whole.
            meters.failedDecision();
            LOG.error("Instance {}: {} failed", instance, command.getClass().getSimpleName(), bug);
            abort(
                    occasion,
                    new ServiceException(
                            ErrorCode.INTERNAL, "The command failed for instance " + instance + "; see the log."));
        }
    }

    /** A message that led to no decision is handled. */
    void settle(MessageRow message, Consequences consequences) {
        Consequences all = Consequences.builder()
                .handled(List.of(message.id()))
                .addAll(consequences)
                .build();
        parts.journal().append(new SettledEntry(partition, partition.tenure(), message, all));
    }

    private void unknown(Residency residency, Occasion occasion) {
        MessageRow cause = occasion.cause();
        if (cause != null) {
            deliveries.unknown(cause);
        }
        occasion.complete(new Answer(
                new Reply.Refused(Reply.Refusal.INSTANCE_UNKNOWN),
                () -> InstanceRows.whole(residency.state(), partition.number())));
    }

    /** A message is tried again: soon where only the database was away. */
    void abort(Occasion occasion, ServiceException failure) {
        MessageRow cause = occasion.cause();
        if (cause != null && failure.code() == ErrorCode.UNAVAILABLE) {
            deliveries.tryAgain(cause.id());
        } else if (cause != null) {
            deliveries.end(cause.id());
        }
        occasion.fail(failure);
    }

    /** Null where its history is long and is read in the background from now on. */
    private @Nullable Residency residencyOrNull(UUID instance, Message.@Nullable Birth birth) {
        Residency present = memory.find(instance);
        if (present != null && !present.isAbandoned()) {
            return present;
        }
        if (present != null) {
            memory.drop(present);
        }
        if (birth != null && birth.isFresh()) {
            return Residency.unborn(instance);
        }
        HistoryReading reading = histories.history().reading(instance);
        reading.advance(LongHistories.MOST_AT_ONCE);
        if (reading.isAtEnd()) {
            return keep(reading);
        }
        longHistories.begin(reading, false);
        return null;
    }

    private Plan plan(Residency residency, Message.@Nullable Birth birth) {
        Plan known = residency.planOrNull();
        if (known != null) {
            return known;
        }
        InstanceState state = residency.state();
        Plan found = !state.isBorn() && birth != null
                ? birth.plan()
                : parts.plans().plan(state.definition(), state.contentHash());
        residency.plan(found);
        return found;
    }

    private void record(Residency residency, Command command, Decision decision, Instant now, Occasion occasion) {
        InstanceState next = decision.state();
        List<EventRow> events = decision.events().stream()
                .map(event -> InstanceRows.event(next.id(), event))
                .toList();
        boolean needsRow = !events.isEmpty() && residency.needsRow(next);
        InstanceRow row = needsRow
                ? InstanceRows.change(
                        next, partition.number(), !residency.state().isBorn())
                : null;
        Consequences consequences = histories
                .snapshots()
                .with(
                        durableEffects.of(residency.state(), decision, occasion.cause(), now),
                        residency.pace(),
                        residency.state(),
                        next,
                        events);
        residency.advance(next, needsRow);
        if (next.isBorn()) {
            memory.keep(residency);
            // A timer that is due, but that no decision fires, must not spin.
            if (events.isEmpty() && next.wakeAt().filter(at -> !at.isAfter(now)).isPresent()) {
                memory.wakeAt(next.id(), now.plus(AFTER_FAILURE));
            }
        }
        boolean mayLeave = next.isBorn() && memory.mayLeave(next, now);
        parts.journal()
                .append(new DecidedEntry(
                        partition,
                        partition.tenure(),
                        residency,
                        decision,
                        events,
                        row,
                        consequences,
                        occasion,
                        endedJob(next.id(), command, decision.reply()),
                        mayLeave));
    }

    private static @Nullable JobId endedJob(UUID instance, Command command, Reply reply) {
        if (!(reply instanceof Reply.Accepted)) {
            return null;
        }
        return switch (command) {
            case Command.CompleteJob job -> new JobId(instance, job.activation(), job.attempt());
            case Command.FailJob job -> new JobId(instance, job.activation(), job.attempt());
            case Command.LoseJob job -> new JobId(instance, job.activation(), job.attempt());
            case Command.StartInstance _,
                    Command.ContinueInstance _,
                    Command.WakeInstance _,
                    Command.ClaimJob _,
                    Command.CancelInstance _,
                    Command.SuspendInstance _,
                    Command.ResumeInstance _,
                    Command.RetryInstance _,
                    Command.DeliverEvent _,
                    Command.ReportChild _ -> null;
        };
    }

    /** Those that are due and not here, together: each by itself would cost the partition a round trip. */
    void readDue(Instant now) {
        List<UUID> absent = memory.absentDue(now, InstanceHistory.MOST_TOGETHER).stream()
                .filter(instance -> !longHistories.isLoading(instance))
                .toList();
        if (absent.size() < 2) {
            return;
        }
        try {
            List<HistoryReading> readings = histories.history().shortReadings(absent);
            meters.readTogether(readings.size());
            for (HistoryReading reading : readings) {
                // What its row says may be older than what its history says.
                if (reading.state().wakeAt().filter(at -> !at.isAfter(now)).isPresent()) {
                    keep(reading);
                }
            }
        } catch (StoreException away) {
            LOG.debug("Partition {}: what is due cannot be read together", partition.number(), away);
        }
    }

    /** Holds what was read in memory, if there is such an instance, and lets it go on if it can. */
    Residency keep(HistoryReading reading) {
        Residency loaded = Residency.of(reading);
        if (loaded.state().isBorn()) {
            memory.keep(loaded);
            if (loaded.state().canContinue()) {
                partition.post(new Message.Continue(loaded.id()));
            }
        }
        return loaded;
    }
}

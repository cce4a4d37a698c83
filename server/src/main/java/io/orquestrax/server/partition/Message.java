package io.orquestrax.server.partition;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.store.instance.SnapshotRow;
import io.orquestrax.store.message.MessageRow;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What stands in the queue of a partition. */
sealed interface Message {

    /**
     * A command from outside: counts against the queue's bound.
     *
     * @param birth of an instance that may not be there yet; null for commands to one that must be
     * @param cameNanos as of {@link System#nanoTime}
     */
    record Ask(UUID instance, Command command, @Nullable Birth birth, CompletableFuture<Answer> answer, long cameNanos)
            implements Message {
        boolean isStart() {
            return birth != null;
        }
    }

    /**
     * @param isFresh whether the id was made for this start, so that there can be no history to read
     */
    record Birth(Plan plan, boolean isFresh) {}

    /** The partition's own command to one of its instances. */
    record Continue(UUID instance) implements Message {}

    /** Everything that the instance decided up to this sequence number is durable. */
    record Durable(Residency residency, long sequence) implements Message {}

    /** What the instance decided could not be written. */
    record Abandoned(Residency residency) implements Message {}

    /** A message from an instance or a schedule, which stands in the table too. */
    record Deliver(MessageRow message) implements Message {}

    /** What a start needs was looked up. */
    record StartResolved(MessageRow message, MessageContent.Start start, StartResolution resolution)
            implements Message {}

    /** The message's row has gone with what it led to; or that could not be written, and it is to be tried again. */
    record Settled(UUID message) implements Message {}

    /** The history of an instance has been read in the background, as far as it can be. */
    record Loaded(LongHistories.Load load) implements Message {}

    /** A history on its way has come so far. */
    record Folded(LongHistories.Load load, SnapshotRow snapshot) implements Message {}

    /** Look whether the partition is still owned, and whether messages wait in the table. */
    record Look() implements Message {}

    /**
     * Something is due.
     *
     * @param atNanos as of {@link Alarm#rang}
     */
    record Due(long atNanos) implements Message {}

    /** Nothing comes after it. */
    record Stop() implements Message {}
}

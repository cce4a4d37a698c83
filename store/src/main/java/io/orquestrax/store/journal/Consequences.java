package io.orquestrax.store.journal;

import io.orquestrax.store.cloudevent.CloudEventRow;
import io.orquestrax.store.cloudevent.Listener;
import io.orquestrax.store.cloudevent.OutgoingEventRow;
import io.orquestrax.store.cloudevent.SubscriptionRow;
import io.orquestrax.store.cloudevent.Taker;
import io.orquestrax.store.instance.SnapshotRow;
import io.orquestrax.store.message.MessageRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/**
 * What decisions write beside histories and instances, in the same transaction. Written twice it is as written once.
 *
 * @param messages that they send
 * @param handled ids of the messages that caused them, which go
 * @param emitted events, in order
 * @param subscriptions of each listener that changed, replacing those that it had; none where it listens no more
 * @param consumed events, and who consumed them
 * @param outgoing events for sinks, in order
 * @param snapshots at most one an instance, replacing those that there were
 * @param forgotten instances whose snapshots go
 */
public record Consequences(
        List<MessageRow> messages,
        List<UUID> handled,
        List<CloudEventRow> emitted,
        SequencedMap<Listener, List<SubscriptionRow>> subscriptions,
        List<Taker> consumed,
        List<OutgoingEventRow> outgoing,
        List<ScheduleReport> reports,
        List<SnapshotRow> snapshots,
        List<UUID> forgotten) {

    public static final Consequences NONE = builder().build();

    public Consequences {
        messages = List.copyOf(messages);
        handled = List.copyOf(handled);
        emitted = List.copyOf(emitted);
        subscriptions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(subscriptions));
        consumed = List.copyOf(consumed);
        outgoing = List.copyOf(outgoing);
        reports = List.copyOf(reports);
        snapshots = List.copyOf(snapshots);
        forgotten = List.copyOf(forgotten);
    }

    public boolean isEmpty() {
        return rows() == 0;
    }

    /** How much there is to write. */
    public int rows() {
        return messages.size()
                + handled.size()
                + emitted.size()
                + subscriptions.size()
                + consumed.size()
                + outgoing.size()
                + reports.size()
                + snapshots.size()
                + forgotten.size();
    }

    /** Length of the documents in it. */
    public long bytes() {
        long bytes = 0;
        for (MessageRow message : messages) {
            bytes += message.data().length();
        }
        for (CloudEventRow event : emitted) {
            bytes += event.envelope().length();
        }
        for (OutgoingEventRow event : outgoing) {
            bytes += event.envelope().length();
        }
        for (SnapshotRow snapshot : snapshots) {
            bytes += snapshot.state().length();
        }
        return bytes;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects in the order of the decisions. */
    public static final class Builder {
        private final List<MessageRow> messages = new ArrayList<>();
        private final List<UUID> handled = new ArrayList<>();
        private final List<CloudEventRow> emitted = new ArrayList<>();
        private final SequencedMap<Listener, List<SubscriptionRow>> subscriptions = new LinkedHashMap<>();
        private final List<Taker> consumed = new ArrayList<>();
        private final List<OutgoingEventRow> outgoing = new ArrayList<>();
        private final List<ScheduleReport> reports = new ArrayList<>();
        private final SequencedMap<UUID, SnapshotRow> snapshots = new LinkedHashMap<>();
        private final Set<UUID> forgotten = new LinkedHashSet<>();

        private Builder() {}

        public Builder message(MessageRow message) {
            messages.add(message);
            return this;
        }

        public Builder handled(Collection<UUID> ids) {
            handled.addAll(ids);
            return this;
        }

        public Builder emitted(CloudEventRow event) {
            emitted.add(event);
            return this;
        }

        /** Replaces what the listener listened for. */
        public Builder subscribed(Listener listener, List<SubscriptionRow> rows) {
            subscriptions.put(listener, List.copyOf(rows));
            return this;
        }

        public Builder unsubscribed(Listener listener) {
            return subscribed(listener, List.of());
        }

        public Builder consumed(long position, UUID instance) {
            consumed.add(new Taker(position, instance));
            return this;
        }

        public Builder outgoing(OutgoingEventRow event) {
            outgoing.add(event);
            return this;
        }

        public Builder report(ScheduleReport report) {
            reports.add(report);
            return this;
        }

        /** Replaces what there was of the instance. */
        public Builder snapshot(SnapshotRow snapshot) {
            forgotten.remove(snapshot.instance());
            snapshots.put(snapshot.instance(), snapshot);
            return this;
        }

        /** The instance's snapshot goes. */
        public Builder forgotten(UUID instance) {
            snapshots.remove(instance);
            forgotten.add(instance);
            return this;
        }

        /** All of a later decision. */
        public Builder addAll(Consequences later) {
            messages.addAll(later.messages);
            handled.addAll(later.handled);
            emitted.addAll(later.emitted);
            subscriptions.putAll(later.subscriptions);
            consumed.addAll(later.consumed);
            outgoing.addAll(later.outgoing);
            reports.addAll(later.reports);
            later.snapshots.forEach(this::snapshot);
            later.forgotten.forEach(this::forgotten);
            return this;
        }

        public Consequences build() {
            return new Consequences(
                    messages,
                    handled,
                    emitted,
                    subscriptions,
                    consumed,
                    outgoing,
                    reports,
                    List.copyOf(snapshots.values()),
                    List.copyOf(forgotten));
        }
    }
}

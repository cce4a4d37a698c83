package io.orquestrax.server.partition;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Decision;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.effect.SubscriptionKey;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.server.message.MessageCodec;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.store.cloudevent.CloudEventRow;
import io.orquestrax.store.cloudevent.Listener;
import io.orquestrax.store.cloudevent.OutgoingEventRow;
import io.orquestrax.store.cloudevent.SubscriptionRow;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.journal.ScheduleReport;
import io.orquestrax.store.message.MessageRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a decision's durable effects write into the transaction of its events. */
final class DurableEffects {
    private final PartitionAddresses addresses;
    private final MessageParts parts;

    DurableEffects(PartitionAddresses addresses, MessageParts parts) {
        this.addresses = addresses;
        this.parts = parts;
    }

    /**
     * @param before the decision
     * @param cause the message that led to it
     */
    Consequences of(InstanceState before, Decision decision, @Nullable MessageRow cause, Instant now) {
        InstanceState state = decision.state();
        List<OutgoingEventRow> lifecycle = lifecycle(before, decision);
        if (cause == null
                && lifecycle.isEmpty()
                && decision.effects().stream().noneMatch(Effect.Durable.class::isInstance)) {
            return Consequences.NONE;
        }
        Consequences.Builder builder = Consequences.builder();
        if (cause != null) {
            builder.handled(List.of(cause.id()));
        }
        lifecycle.forEach(builder::outgoing);
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Durable durable) {
                add(builder, state, durable, now);
            }
        }
        return builder.build();
    }

    private void add(Consequences.Builder builder, InstanceState state, Effect.Durable effect, Instant now) {
        UUID self = state.id();
        switch (effect) {
            case Effect.StartChild start ->
                builder.message(message(
                        start.child(),
                        new MessageContent.Start(
                                start.namespace(),
                                start.name(),
                                start.version(),
                                start.input(),
                                nameOf(self),
                                start.parent())));
            case Effect.CancelChild cancel ->
                builder.message(message(cancel.child(), new MessageContent.Cancel(nameOf(self), cancel.reason())));
            case Effect.ReportToParent report ->
                builder.message(message(
                        report.parent().instance(),
                        new MessageContent.ChildClosed(
                                report.parent().activation(), self, report.status(), report.output(), report.error())));
            case Effect.ReportToSchedule report ->
                builder.report(new ScheduleReport(
                        state.definition().namespace(),
                        state.definition().name(),
                        report.trigger(),
                        self,
                        report.closedAt()));
            case Effect.PublishEvent(JsonNode envelope) -> {
                parts.sinks()
                        .emitted(state, addresses.partitionOf(self), envelope)
                        .forEach(builder::outgoing);
                builder.emitted(new CloudEventRow(
                        attribute(envelope, "source"),
                        attribute(envelope, "id"),
                        attribute(envelope, "type"),
                        envelope.has("subject") ? attribute(envelope, "subject") : null,
                        Json.write(envelope),
                        self,
                        now));
            }
            case Effect.Subscribe subscribe -> {
                Listener listener = new Listener(self, subscribe.activation());
                builder.subscribed(listener, rows(listener, subscribe.keys(), state.startedAt()));
            }
            case Effect.Unsubscribe(long activation) -> builder.unsubscribed(new Listener(self, activation));
            case Effect.ConsumeEvent(long position) -> builder.consumed(position, self);
        }
    }

    private List<OutgoingEventRow> lifecycle(InstanceState before, Decision decision) {
        InstanceState state = decision.state();
        return parts.sinks()
                .lifecycle(parts.lifecycle(), before, state, addresses.partitionOf(state.id()), decision.events());
    }

    private MessageRow message(UUID instance, MessageContent content) {
        return MessageCodec.row(parts.ids().next(), addresses.partitionOf(instance), instance, content);
    }

    private List<SubscriptionRow> rows(Listener listener, List<SubscriptionKey> keys, Instant startedAt) {
        int partition = addresses.partitionOf(listener.instance());
        List<SubscriptionRow> rows = new ArrayList<>(keys.size());
        for (SubscriptionKey key : keys) {
            SubscriptionKey.Correlation correlation = key.correlation();
            rows.add(new SubscriptionRow(
                    listener,
                    rows.size(),
                    partition,
                    storable(key.type() == null ? "" : key.type()),
                    correlation == null ? "" : correlation.shape(),
                    correlation == null ? "" : correlation.match(),
                    startedAt));
        }
        return rows;
    }

    private static String nameOf(UUID instance) {
        return "workflow:" + instance;
    }

    private static String attribute(JsonNode envelope, String name) {
        return storable(envelope.path(name).asText());
    }

    /** PostgreSQL stores no NUL in a text. */
    private static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }
}

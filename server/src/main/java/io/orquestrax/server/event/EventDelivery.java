package io.orquestrax.server.event;

import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.message.MessageCodec;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.server.message.MessageCourier;
import io.orquestrax.server.partition.Partitions;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.store.Database;
import io.orquestrax.store.cloudevent.Candidate;
import io.orquestrax.store.cloudevent.CloudEvents;
import io.orquestrax.store.cloudevent.EventDispatch;
import io.orquestrax.store.cloudevent.LookBack;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.message.MessageRow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings events to those who listen, both ways: events that come to subscriptions that are there, and subscriptions that
 * come to events that are there; and removes events that are kept no longer.
 */
public final class EventDelivery implements AutoCloseable {
    private static final int EVENTS_A_ROUND = 500;
    private static final int SUBSCRIPTIONS_A_ROUND = 500;
    private static final int REMOVED_A_ROUND = 5_000;

    /** For what others left behind, and what comes while nobody tells. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

    /** While another node delivers, or the journal holds what is to be marked. */
    private static final Duration WHILE_BUSY = Duration.ofMillis(20);

    private static final Duration BETWEEN_REMOVALS = Duration.ofSeconds(30);

    private final Partitions partitions;
    private final MessageCourier courier;
    private final UuidSequence ids;
    private final Clock clock;
    private final Duration kept;
    private final ChangeFeed feed;
    private final CloudEvents events;
    private final EventDispatch dispatch;
    private final LookBack lookBack;

    /** Whether somebody told of events, or of subscriptions, since the last round; else a look comes before it. */
    private final AtomicBoolean isToldOfEvents = new AtomicBoolean();

    private final AtomicBoolean isToldOfSubscriptions = new AtomicBoolean();
    private final Rounds deliveries = new Rounds("event-delivery", this::deliver);
    private final Rounds lookBacks = new Rounds("event-look-back", this::lookBack);
    private final Rounds removals = new Rounds("event-removal", this::removeOld);

    /**
     * @param kept how long an event stays for listeners that come late
     * @param feed told when events came, were delivered or consumed
     */
    public EventDelivery(
            Database database,
            Partitions partitions,
            MessageCourier courier,
            ScheduledEvents schedules,
            UuidSequence ids,
            KeptEvents keptEvents,
            Duration kept,
            ChangeFeed feed,
            Clock clock) {
        this.partitions = partitions;
        this.courier = courier;
        this.ids = ids;
        this.clock = clock;
        this.kept = kept;
        this.feed = feed;
        this.events = new CloudEvents(database);
        ComputedKeys keys = new ComputedKeys(clock);
        this.dispatch = new EventDispatch(
                database,
                keys,
                this::message,
                (connection, namespace, name, event) ->
                        schedules.offer(connection, namespace, name, keptEvents.received(event)));
        this.lookBack = new LookBack(database, keys, this::message);
    }

    public void begin() {
        deliveries.begin();
        lookBacks.begin();
        removals.begin();
    }

    /** There are events to deliver. */
    public void wake() {
        eventsCame();
        feed.publish();
    }

    /** There may be some of both that another node left behind. */
    public void look() {
        deliveries.wake();
        lookBacks.wake();
    }

    /** From the journal. */
    public void committed(Consequences consequences) {
        if (!consequences.emitted().isEmpty()) {
            eventsCame();
        }
        if (!consequences.emitted().isEmpty() || !consequences.consumed().isEmpty()) {
            feed.publish();
        }
        if (consequences.subscriptions().values().stream().anyMatch(rows -> !rows.isEmpty())) {
            isToldOfSubscriptions.set(true);
            lookBacks.wake();
        }
    }

    private void eventsCame() {
        isToldOfEvents.set(true);
        deliveries.wake();
    }

    @Override
    public void close() {
        deliveries.close();
        lookBacks.close();
        removals.close();
    }

    private Duration deliver() {
        if (!isToldOfEvents.getAndSet(false) && !dispatch.isAnyWaiting()) {
            return BETWEEN_LOOKS;
        }
        while (true) {
            Optional<EventDispatch.Round> round = dispatch.deliver(EVENTS_A_ROUND);
            if (round.isEmpty()) {
                return WHILE_BUSY;
            }
            courier.deliver(round.get().messages());
            if (round.get().events() > 0) {
                feed.publish();
            }
            if (round.get().events() < EVENTS_A_ROUND) {
                return BETWEEN_LOOKS;
            }
        }
    }

    private Duration lookBack() {
        List<Integer> serving = partitions.serving();
        boolean isTold = isToldOfSubscriptions.getAndSet(false);
        if (serving.isEmpty() || !isTold && !lookBack.isAnyWaiting(serving)) {
            return BETWEEN_LOOKS;
        }
        LookBack.Round round = lookBack.run(serving, clock.instant().minus(kept), SUBSCRIPTIONS_A_ROUND);
        courier.deliver(round.messages());
        return round.subscriptions() == 0 ? BETWEEN_LOOKS : WHILE_BUSY;
    }

    private Duration removeOld() {
        int removed;
        do {
            removed = events.removeOld(clock.instant().minus(kept), REMOVED_A_ROUND);
        } while (removed == REMOVED_A_ROUND);
        return BETWEEN_REMOVALS;
    }

    private MessageRow message(Candidate candidate) {
        return MessageCodec.row(
                ids.next(),
                candidate.partition(),
                candidate.instance(),
                new MessageContent.EventArrived(candidate.position()));
    }
}

package io.orquestrax.server.partition;

import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.server.message.MessageCodec;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.message.MessageKind;
import io.orquestrax.store.message.MessageRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the messages of a partition into commands. For the partition's thread, where it does not say otherwise. */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Partition partition;
    private final MessageParts parts;
    private final StartResolver resolver;
    private final PartitionAddresses addresses;
    private final Mailbox mailbox;
    private final AtomicBoolean isLookQueued = new AtomicBoolean();

    /** When what could not be handled is looked for again. */
    private Instant nextLook = Instant.MAX;

    /** What came for instances whose start is being looked up. */
    private final Map<UUID, List<MessageRow>> behindStarts = new HashMap<>();

    /** What came before the start of its instance did, though that stands in the table. */
    private final Map<UUID, List<MessageRow>> beforeStarts = new HashMap<>();

    Deliveries(Partition partition, MessageParts parts, StartResolver resolver, PartitionAddresses addresses) {
        this.partition = partition;
        this.parts = parts;
        this.resolver = resolver;
        this.addresses = addresses;
        this.mailbox = new Mailbox(partition.number(), parts.messages());
    }

    /** From any thread. */
    void offer(MessageRow message) {
        if (mailbox.admits()) {
            partition.post(new Message.Deliver(message));
        } else {
            queueLook();
        }
    }

    /** From any thread: some may wait in the table. */
    void look() {
        mailbox.look();
        queueLook();
    }

    void looked() {
        isLookQueued.set(false);
    }

    private void queueLook() {
        if (isLookQueued.compareAndSet(false, true)) {
            partition.post(new Message.Look());
        }
    }

    void newTenure() {
        behindStarts.clear();
        beforeStarts.clear();
        nextLook = Instant.MAX;
        mailbox.forget();
    }

    void take(MessageRow message) {
        mailbox.taken();
        handle(message);
    }

    /** It left the queue without being handled. */
    void dropped() {
        mailbox.taken();
    }

    /** Its row has gone, or it is tried again when it is swept. */
    void end(UUID message) {
        mailbox.end(message);
    }

    /** The database was away: it is tried again soon. */
    void tryAgain(UUID message) {
        mailbox.end(message);
        lookAgain();
    }

    private void lookAgain() {
        Instant soon = partition.now().plus(AFTER_FAILURE);
        nextLook = soon.isBefore(nextLook) ? soon : nextLook;
    }

    /** When {@link #readWaiting} has something to do although nobody told. */
    Instant nextLook() {
        return nextLook;
    }

    /** Handles a page of those that wait in the table, if it is time to. */
    void readWaiting() {
        if (!nextLook.isAfter(partition.now())) {
            nextLook = Instant.MAX;
            mailbox.look();
        }
        if (!mailbox.mustRead()) {
            return;
        }
        try {
            mailbox.read().forEach(this::handle);
            if (mailbox.mustRead()) {
                queueLook();
            }
        } catch (StoreException away) {
            LOG.warn("Partition {}: its messages cannot be read now, and will be read later", partition.number(), away);
            lookAgain();
        }
    }

    /** The instance that the message goes to is not there. */
    void unknown(MessageRow message) {
        boolean isBeforeStart = message.kind() == MessageKind.CANCEL
                && parts.messages().hasStart(message.partition(), message.instance());
        if (isBeforeStart) {
            beforeStarts
                    .computeIfAbsent(message.instance(), instance -> new ArrayList<>())
                    .add(message);
            // The start may have been handed over to nobody.
            look();
        } else {
            partition.settle(message, Consequences.NONE);
        }
    }

    void resolved(MessageRow message, MessageContent.Start start, StartResolution resolution) {
        switch (resolution) {
            case StartResolution.Found found ->
                partition.decide(
                        message.instance(),
                        new Command.StartInstance(null, start.input(), Map.of(), start.by(), start.origin()),
                        new Occasion(new Message.Birth(found.plan(), found.isFresh()), null, message));
            case StartResolution.Missing missing -> refuse(message, start, missing);
            case StartResolution.Unknown unknown -> {
                LOG.warn("Instance {}: cannot be started now, and will be later", message.instance(), unknown.cause());
                tryAgain(message.id());
            }
        }
        List<MessageRow> behind = behindStarts.remove(message.instance());
        if (behind == null) {
            return;
        }
        if (resolution instanceof StartResolution.Unknown) {
            behind.forEach(waiting -> tryAgain(waiting.id()));
        } else {
            behind.forEach(this::perform);
        }
    }

    private void handle(MessageRow message) {
        if (!mailbox.begin(message.id())) {
            return;
        }
        List<MessageRow> behind = behindStarts.get(message.instance());
        if (behind != null) {
            behind.add(message);
        } else {
            perform(message);
        }
    }

    private void perform(MessageRow message) {
        MessageContent content = contentOrNull(message);
        switch (content) {
            // It stays under way, so that this tenure does not come to it again.
            case null -> {}
            case MessageContent.Start start -> {
                List<MessageRow> early = beforeStarts.remove(message.instance());
                behindStarts.put(message.instance(), early == null ? new ArrayList<>() : early);
                resolver.resolve(
                        message.instance(),
                        start,
                        resolution -> partition.post(new Message.StartResolved(message, start, resolution)));
            }
            case MessageContent.Cancel cancel ->
                partition.decide(
                        message.instance(),
                        new Command.CancelInstance(cancel.by(), cancel.reason()),
                        Occasion.of(message));
            case MessageContent.ChildClosed closed ->
                partition.decide(
                        message.instance(),
                        new Command.ReportChild(
                                closed.activation(), closed.child(), closed.status(), closed.output(), closed.error()),
                        Occasion.of(message));
            case MessageContent.EventArrived arrived -> deliver(message, arrived.position());
        }
    }

    private void deliver(MessageRow message, long position) {
        try {
            parts.events()
                    .find(position)
                    .ifPresentOrElse(
                            event -> partition.decide(
                                    message.instance(), new Command.DeliverEvent(event), Occasion.of(message)),
                            () -> partition.settle(message, Consequences.NONE));
        } catch (StoreException away) {
            LOG.warn("Instance {}: event {} cannot be read now, and will be later", message.instance(), position, away);
            tryAgain(message.id());
        }
    }

    private void refuse(MessageRow message, MessageContent.Start start, StartResolution.Missing missing) {
        LOG.warn(
                "Instance {}: cannot be started. {}",
                message.instance(),
                missing.error().detail());
        Consequences consequences = switch (start.origin()) {
            case Origin.Parent parent ->
                Consequences.builder()
                        .message(MessageCodec.row(
                                parts.ids().next(),
                                addresses.partitionOf(parent.instance()),
                                parent.instance(),
                                new MessageContent.ChildClosed(
                                        parent.activation(),
                                        message.instance(),
                                        Status.FAULTED,
                                        null,
                                        missing.error())))
                        .build();
            case Origin.Schedule schedule -> Consequences.NONE;
        };
        partition.settle(message, consequences);
    }

    private static @Nullable MessageContent contentOrNull(MessageRow message) {
        try {
            return MessageCodec.content(message);
        } catch (RuntimeException unreadable) {
            LOG.error(
                    "Instance {}: message {} cannot be understood, and stays",
                    message.instance(),
                    message.id(),
                    unreadable);
            return null;
        }
    }
}

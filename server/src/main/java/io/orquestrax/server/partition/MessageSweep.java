package io.orquestrax.server.partition;

import io.orquestrax.store.StoreException;
import io.orquestrax.store.message.Messages;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds messages that nobody handed over, as when the node that wrote them is gone. */
public final class MessageSweep {
    private static final Logger LOG = LoggerFactory.getLogger(MessageSweep.class);

    /** Between two looks, and how old a message is when it counts as forgotten. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Messages messages;
    private final Partitions partitions;
    private final Clock clock;

    public MessageSweep(Messages messages, Partitions partitions, Clock clock) {
        this.messages = messages;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** Looks every now and then until the scheduler ends. */
    public void begin(ScheduledExecutorService scheduler) {
        scheduler.scheduleWithFixedDelay(this::sweep, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void sweep() {
        List<Integer> serving = partitions.serving();
        if (serving.isEmpty()) {
            return;
        }
        try {
            partitions.look(messages.waiting(
                    serving, UuidSequence.lowest(clock.instant().minus(PAUSE))));
        } catch (StoreException away) {
            LOG.warn("Messages that wait cannot be looked for now", away);
        } catch (RuntimeException bug) {
            LOG.error("Looking for messages that wait failed", bug);
        }
    }
}

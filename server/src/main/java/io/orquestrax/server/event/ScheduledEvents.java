package io.orquestrax.server.event;

import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.store.message.MessageRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The triggers of definitions that start instances by events. */
@FunctionalInterface
public interface ScheduledEvents {
    /** Where nothing is started by events. */
    ScheduledEvents NONE = (connection, namespace, name, event) -> List.of();

    /**
     * Offers an event that one of the trigger's rows in {@code schedule_subscription} may want. Events come one after
     * the other in the order of their positions, each once, over all nodes.
     *
     * @param connection in whose transaction the event is delivered; not to be committed
     * @return the messages that were written in that transaction, which are handed over after its commit
     */
    List<MessageRow> offer(Connection connection, String namespace, String name, ReceivedEvent event)
            throws SQLException;
}

package io.orquestrax.server.message;

import io.orquestrax.store.message.MessageRow;
import java.util.List;

/** Brings messages to their instances. */
@FunctionalInterface
public interface MessageCourier {

    /**
     * Returns at once; call it after the transaction that wrote the messages has committed. It only makes them arrive
     * sooner: those that nobody hands over are found in the table, and those that are handed over twice are handled
     * once.
     */
    void deliver(List<MessageRow> messages);
}

package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.ConnectorFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * Messages of a subscription, one after the other. What was not acknowledged comes again, where the broker keeps it; one
 * that keeps nothing is told nothing. Used by one thread at a time.
 */
interface Feed extends AutoCloseable {

    /** Empty where there is none within the limit. */
    Optional<Message> next(Duration limit) throws ConnectorFailure, InterruptedException;

    /** The last message is of no interest, and need not come again. */
    default void skip() throws ConnectorFailure, InterruptedException {}

    /** Nothing that was given out need come again. */
    default void acknowledge() throws ConnectorFailure, InterruptedException {}

    /** Nobody wants more: the broker is to keep nothing for this subscription from now on. */
    default void forget() throws ConnectorFailure, InterruptedException {}

    /** Ends the connection, without a word where there is none any more. */
    @Override
    void close();
}

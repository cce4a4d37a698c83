package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.Held;
import java.time.Duration;
import java.util.Optional;

/** Messages of a subscription, one after the other. Settling ends it; what was not settled comes again, if it can. */
interface Feed extends Held {

    /** Empty where there is none within the limit. */
    Optional<Message> next(Duration limit) throws ConnectorFailure, InterruptedException;

    /** The last message is of no interest, and need not come again. */
    void skip() throws ConnectorFailure;
}

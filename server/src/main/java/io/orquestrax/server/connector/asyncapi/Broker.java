package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.CallSecrets;

/** One protocol that messages travel by. Thread-safe. */
interface Broker {

    /** Returns when the broker has it, so far as the protocol tells. */
    void publish(Target target, Message message, Call call) throws ConnectorFailure, InterruptedException;

    /** Messages from now on, and those that the broker still holds for the same call. */
    Feed subscribe(Target target, Call call) throws ConnectorFailure, InterruptedException;

    /**
     * What a broker is told of who calls.
     *
     * @param login proves it
     * @param key the same over all attempts of the job
     * @param most messages that a subscription takes before they are acknowledged
     */
    record Call(Login login, CallSecrets secrets, String key, int most) {}
}

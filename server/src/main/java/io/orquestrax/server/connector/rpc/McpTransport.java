package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.ConnectorFailure;

/** The way to one MCP server, for one call. */
interface McpTransport extends AutoCloseable {

    /**
     * Sends a request and waits for its answer; what else the server says meanwhile is passed over.
     *
     * @throws ConnectorFailure where there is none
     */
    JsonNode ask(JsonNode request, int id) throws ConnectorFailure, InterruptedException;

    void tell(JsonNode notification) throws ConnectorFailure, InterruptedException;

    /**
     * Nobody wants the answer to the request any more; whether that was heard does not matter. Nothing where the server
     * ends with the call.
     */
    default void cancel(int id) throws InterruptedException {}

    /**
     * Whether the server failed because it no longer knows the session that it began, so that another may begin; the old
     * one is forgotten then.
     */
    default boolean hasLostSession(ConnectorFailure failure) {
        return false;
    }

    /** From now on this version of the protocol is spoken. */
    default void agreeOn(String protocolVersion) {}

    @Override
    void close() throws InterruptedException;
}

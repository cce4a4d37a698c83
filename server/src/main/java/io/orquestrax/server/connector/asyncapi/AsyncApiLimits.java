package io.orquestrax.server.connector.asyncapi;

import java.time.Duration;

/**
 * What bounds calls of brokers.
 *
 * @param timeout of a connection, and of a message that is published
 * @param maxMessages of one subscription
 * @param maxBytes of all its messages
 * @param documentMaxBytes of a document
 */
public record AsyncApiLimits(Duration timeout, int maxMessages, int maxBytes, int documentMaxBytes) {}

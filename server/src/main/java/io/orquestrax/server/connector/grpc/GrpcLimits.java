package io.orquestrax.server.connector.grpc;

import java.time.Duration;

/**
 * What bounds a call.
 *
 * @param timeout of the whole of it, which the server is told as its deadline
 * @param responseMaxBytes of all messages of an answer together
 * @param maxMessages of a stream
 * @param documentMaxBytes of a proto document and what it imports
 */
public record GrpcLimits(Duration timeout, int responseMaxBytes, int maxMessages, int documentMaxBytes) {
    static final int MAX_METADATA_BYTES = 64 * 1024;
}

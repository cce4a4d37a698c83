package io.orquestrax.server.connector.http;

import java.time.Duration;

/**
 * What bounds a call.
 *
 * @param timeout for the whole of it, redirects included
 * @param responseMaxBytes of a body, after it was unpacked
 */
public record HttpLimits(Duration timeout, int responseMaxBytes) {
    static final int MAX_REDIRECTS = 10;
    static final int MAX_HEADERS = 200;
    static final int MAX_HEADER_LINE = 16 * 1024;
}

package io.orquestrax.server.peer;

import java.time.Duration;

/**
 * What bounds a link.
 *
 * @param queuedItems that may wait to be sent to one node
 * @param queuedBytes of the items that wait; where only one waits it may be larger
 * @param frameBytes at which a frame is full
 * @param greetingWait how long the other node may take to greet back
 * @param shortestPause between two attempts to open a link; doubled from one to the next
 * @param longestPause as far as it is doubled
 */
record LinkLimits(
        int queuedItems,
        long queuedBytes,
        int frameBytes,
        Duration greetingWait,
        Duration shortestPause,
        Duration longestPause) {

    /** Of one message on the wire: the largest payload must fit, with what goes along. */
    static final int MAX_FRAME_BYTES = 256 * 1024 * 1024;

    /** Frames that may be on their way here before the first of them is handled. */
    static final int WINDOW = 4;

    static final LinkLimits DEFAULT = new LinkLimits(
            50_000,
            64L * 1024 * 1024,
            1024 * 1024,
            Duration.ofSeconds(5),
            Duration.ofMillis(50),
            Duration.ofSeconds(2));
}

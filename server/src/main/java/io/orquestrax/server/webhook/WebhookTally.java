package io.orquestrax.server.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came to a webhook at this node since the node started or the webhook was made.
 *
 * @param accepted requests that became an event, or were answered
 * @param duplicates requests whose event had come before
 * @param refused requests that were not taken, for whatever reason
 * @param lastAt of the newest request; null where none came
 * @param lastRefusal why the newest that was refused was; null where none was
 */
public record WebhookTally(
        long accepted,
        long duplicates,
        long refused,
        @Nullable Instant lastAt,
        @Nullable String lastRefusal) {
    static final WebhookTally NOTHING = new WebhookTally(0, 0, 0, null, null);

    WebhookTally plusAccepted(Instant now) {
        return new WebhookTally(accepted + 1, duplicates, refused, now, lastRefusal);
    }

    WebhookTally plusDuplicate(Instant now) {
        return new WebhookTally(accepted, duplicates + 1, refused, now, lastRefusal);
    }

    WebhookTally plusRefused(String reason, Instant now) {
        return new WebhookTally(accepted, duplicates, refused + 1, now, reason);
    }
}

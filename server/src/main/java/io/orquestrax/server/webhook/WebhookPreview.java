package io.orquestrax.server.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a request would come to; nothing is stored or delivered.
 *
 * @param refusal why the request would be refused as it is; null where it would be taken
 * @param event that it would become, whether it would be taken or not; null where the mapping fails, or where the sender
 *     only asks for its challenge
 * @param mappingError why there is no event; null where there is one
 */
public record WebhookPreview(
        @Nullable String refusal,
        @Nullable ObjectNode event,
        @Nullable String mappingError) {}

package io.orquestrax.store.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A webhook.
 *
 * @param configuration as it was given, checked
 */
public record StoredWebhook(String name, JsonNode configuration, Instant changedAt, String changedBy) {}

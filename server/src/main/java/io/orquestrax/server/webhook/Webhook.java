package io.orquestrax.server.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.api.RequestReader;

/**
 * A webhook, ready for requests.
 *
 * @param enabled whether requests are taken
 * @param maxBytes of a request's body
 * @param perMinute requests that each node takes
 */
record Webhook(String name, boolean enabled, Verification verification, Mapping mapping, int maxBytes, int perMinute) {
    /** The member of a configuration that says whether requests are taken. */
    static final String ENABLED = "enabled";

    private static final int DEFAULT_MAX_BYTES = 1024 * 1024;
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int DEFAULT_PER_MINUTE = 600;
    private static final int MOST_PER_MINUTE = 1_000_000;

    /**
     * @throws io.orquestrax.server.orchestration.ServiceException {@code invalid-request}, with what is wrong
     */
    static Webhook read(String name, JsonNode configuration) {
        RequestReader given = RequestReader.of(Json.writeBytes(configuration));
        Verification verification = Verification.read(given.object("verification"));
        Mapping mapping = given.payload("event").isPresent()
                ? Mapping.read(given.object("event"))
                : new Mapping(java.util.Map.of());
        Webhook webhook = new Webhook(
                name,
                given.optionalFlag(ENABLED).orElse(true),
                verification,
                mapping,
                given.optionalInteger("maxBytes", 1, MOST_BYTES).orElse(DEFAULT_MAX_BYTES),
                given.optionalInteger("perMinute", 1, MOST_PER_MINUTE).orElse(DEFAULT_PER_MINUTE));
        given.end();
        return webhook;
    }
}

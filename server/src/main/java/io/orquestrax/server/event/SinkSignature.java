package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.secret.SecretProvider;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import org.apache.hc.client5.http.classic.methods.HttpPost;

/**
 * Signs what goes to sinks, so that they know who sent it.
 *
 * @param secret the name of the one to sign with; empty for none
 */
public record SinkSignature(SecretProvider secrets, String secret, InstantSource clock) {

    /**
     * @throws IllegalStateException where the secret is not there: nothing goes out unsigned that should be signed
     */
    void sign(HttpPost post, String envelope) {
        if (secret.isBlank()) {
            return;
        }
        String key = secrets.find(secret)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new IllegalStateException(
                        "Expected the secret \"" + secret + "\" to sign events with, but there is none"));
        String id = Json.readTrusted(envelope).path("id").asText();
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        byte[] signature = StandardSignature.of(key, id, timestamp, envelope.getBytes(StandardCharsets.UTF_8));
        post.setHeader(StandardSignature.ID, id);
        post.setHeader(StandardSignature.TIMESTAMP, timestamp);
        post.setHeader(
                StandardSignature.SIGNATURE,
                StandardSignature.VERSION + Base64.getEncoder().encodeToString(signature));
    }
}

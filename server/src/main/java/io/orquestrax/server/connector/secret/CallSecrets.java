package io.orquestrax.server.connector.secret;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.HashMap;
import java.util.Map;

/** The secrets that one call uses. Whatever was looked up is masked by its redaction from then on. */
public final class CallSecrets {
    private final SecretProvider provider;
    private final Map<String, JsonNode> known = new HashMap<>();
    private final Redaction redaction = new Redaction();

    public CallSecrets(SecretProvider provider) {
        this.provider = provider;
    }

    /**
     * @throws ConnectorFailure authorization, where nobody has a secret of that name
     */
    public JsonNode value(String name) throws ConnectorFailure {
        JsonNode seen = known.get(name);
        if (seen != null) {
            return seen;
        }
        JsonNode value = find(name);
        known.put(name, value);
        redaction.add(value);
        return value;
    }

    public Redaction redaction() {
        return redaction;
    }

    private JsonNode find(String name) throws ConnectorFailure {
        try {
            return provider.find(name)
                    .orElseThrow(() -> ConnectorFailure.of(
                            StandardError.AUTHORIZATION,
                            "Secret not available",
                            "Expected a secret named \"" + name + "\" where the job is executed, but there is none."));
        } catch (RuntimeException unreadable) {
            throw ConnectorFailure.of(
                    StandardError.AUTHORIZATION,
                    "Secret not available",
                    "Expected the secret \"" + name + "\" to be readable, but its provider failed with "
                            + unreadable.getClass().getSimpleName() + ".");
        }
    }
}

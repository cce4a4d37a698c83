package io.orquestrax.server.connector.secret;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
        return value(name, Set.of());
    }

    /**
     * As the other one, of an object.
     *
     * @param open members of it that hold no secret, such as the name of a grant, and are not masked
     */
    public JsonNode value(String name, Set<String> open) throws ConnectorFailure {
        JsonNode seen = known.get(name);
        JsonNode value = seen == null ? find(name) : seen;
        known.put(name, value);
        if (value.isObject()) {
            value.properties().stream()
                    .filter(member -> !open.contains(member.getKey()))
                    .forEach(member -> redaction.add(member.getValue()));
        } else {
            redaction.add(value);
        }
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

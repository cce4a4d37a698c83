package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.secret.CallSecrets;
import io.orquestrax.server.connector.secret.Redaction;
import io.orquestrax.server.connector.secret.SecretProvider;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resolves secrets for a connector's work, and lets none of them out again: neither by output nor by error nor log. */
record GuardedConnector(ConnectorWork work, SecretProvider provider) implements Connector {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedConnector.class);

    @Override
    public String type() {
        return work.type();
    }

    @Override
    public JsonNode execute(ConnectorCall call) throws ConnectorFailure, InterruptedException {
        CallSecrets secrets = new CallSecrets(provider);
        Redaction redaction = secrets.redaction();
        try {
            JsonNode output = work.perform(resolved(call.arguments()), secrets, call.idempotencyKey());
            return redaction.mask(output);
        } catch (ConnectorFailure failure) {
            throw new ConnectorFailure(redaction.mask(failure.error()));
        } catch (RuntimeException bug) {
            // Its message may hold anything, and so may those of its causes.
            String cause = redaction.mask(String.valueOf(bug));
            List<StackTraceElement> place =
                    Arrays.stream(bug.getStackTrace()).limit(5).toList();
            LOG.error("The connector {} failed: {} at {}", type(), cause, place);
            throw ConnectorFailure.of(
                    StandardError.RUNTIME, "Connector failed", "Expected the call to be made, but: " + cause);
        }
    }

    private static JsonNode resolved(JsonNode arguments) {
        return arguments.path("with");
    }
}

package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.DeferredValues;
import io.orquestrax.dsl.expression.ExpressionException;
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
            JsonNode with = resolved(call.arguments(), secrets);
            return redaction.mask(work.perform(with, secrets, call.idempotencyKey()));
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

    private static JsonNode resolved(JsonNode arguments, CallSecrets secrets) throws ConnectorFailure {
        try {
            return DeferredValues.resolve(arguments, name -> {
                try {
                    return secrets.value(name);
                } catch (ConnectorFailure unknown) {
                    throw new NoSecretException(unknown);
                }
            });
        } catch (NoSecretException none) {
            throw none.failure;
        } catch (ExpressionException failed) {
            throw ConnectorFailure.of(
                    StandardError.EXPRESSION, "Expression failed", String.valueOf(failed.getMessage()));
        }
    }

    /** Carries a failure through what knows no checked exceptions. */
    private static final class NoSecretException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final ConnectorFailure failure;

        NoSecretException(ConnectorFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }
}

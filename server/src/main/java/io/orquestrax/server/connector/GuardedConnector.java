package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.CanonicalJson;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.secret.CallSecrets;
import io.orquestrax.server.connector.secret.Redaction;
import io.orquestrax.server.connector.secret.SecretProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
            JsonNode with = DeferredArguments.resolve(
                    call.arguments(),
                    secrets,
                    known -> descriptor(work.authorization(known, secrets).first()));
            // What somebody else sent is kept as the history will give it back.
            return redaction.mask(CanonicalJson.of(output(with, secrets, call)));
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

    private JsonNode output(JsonNode with, CallSecrets secrets, ConnectorCall call)
            throws ConnectorFailure, InterruptedException {
        Consumer<JsonNode> progress =
                told -> call.progress().accept(secrets.redaction().mask(told));
        if (work instanceof ReportingWork reporting) {
            return reporting.perform(with, secrets, call.idempotencyKey(), progress);
        }
        if (work instanceof HoldingWork holding) {
            return holding.perform(with, secrets, call.idempotencyKey(), progress, call.holder());
        }
        return work.perform(with, secrets, call.idempotencyKey());
    }

    /** {@code $authorization} (DSL, Runtime Expressions): null where the call has none. */
    private static JsonNode descriptor(Optional<String> authorization) {
        if (authorization.isEmpty()) {
            return Json.NODES.nullNode();
        }
        String header = authorization.get();
        int space = header.indexOf(' ');
        return Json.NODES
                .objectNode()
                .put("scheme", header.substring(0, space))
                .put("parameter", header.substring(space + 1));
    }
}

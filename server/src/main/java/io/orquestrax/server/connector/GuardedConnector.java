package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.DeferredValues;
import io.orquestrax.dsl.expression.ExpressionException;
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
            JsonNode with = resolved(call.arguments(), secrets);
            return redaction.mask(output(with, secrets, call));
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

    private JsonNode resolved(JsonNode arguments, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        try {
            return DeferredValues.resolve(
                    arguments,
                    name -> unchecked(() -> secrets.value(name)),
                    with -> unchecked(
                            () -> descriptor(work.authorization(with, secrets).first())));
        } catch (UncheckedFailure failed) {
            throw failed.failure;
        } catch (UncheckedInterruption interrupted) {
            throw interrupted.cause;
        } catch (ExpressionException failed) {
            throw ConnectorFailure.of(
                    StandardError.EXPRESSION, "Expression failed", String.valueOf(failed.getMessage()));
        }
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

    private static JsonNode unchecked(Lookup lookup) {
        try {
            return lookup.find();
        } catch (ConnectorFailure failure) {
            throw new UncheckedFailure(failure);
        } catch (InterruptedException interrupted) {
            throw new UncheckedInterruption(interrupted);
        }
    }

    private interface Lookup {
        JsonNode find() throws ConnectorFailure, InterruptedException;
    }

    /** Carries the end of the job through what knows no checked exceptions. */
    private static final class UncheckedInterruption extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final InterruptedException cause;

        UncheckedInterruption(InterruptedException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /** Carries a failure through what knows no checked exceptions. */
    private static final class UncheckedFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final ConnectorFailure failure;

        UncheckedFailure(ConnectorFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }
}

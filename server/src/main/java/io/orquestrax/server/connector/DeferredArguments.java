package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.DeferredValues;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.secret.CallSecrets;

/** Evaluates what was left of arguments for where secrets are known. */
final class DeferredArguments {
    private DeferredArguments() {}

    /** Tells {@code $authorization} of arguments that do not name it. */
    interface Authorizer {
        JsonNode of(JsonNode with) throws ConnectorFailure, InterruptedException;
    }

    /**
     * @param arguments in the form that {@link DeferredValues} describes; missing for none
     * @throws ConnectorFailure where a secret is not there, or an expression fails
     */
    static JsonNode resolve(JsonNode arguments, CallSecrets secrets, Authorizer authorizer)
            throws ConnectorFailure, InterruptedException {
        try {
            return DeferredValues.resolve(
                    arguments,
                    name -> unchecked(() -> secrets.value(name)),
                    with -> unchecked(() -> authorizer.of(with)));
        } catch (UncheckedFailure failed) {
            throw failed.failure;
        } catch (UncheckedInterruption interrupted) {
            throw interrupted.cause;
        } catch (ExpressionException failed) {
            throw ConnectorFailure.of(
                    StandardError.EXPRESSION, "Expression failed", String.valueOf(failed.getMessage()));
        }
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

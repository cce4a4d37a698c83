package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** {@code try body catch handler}: handles what fails in the body, not what fails in the rest of the program. */
record Attempt(Expression body, @Nullable Expression handler) implements Expression {

    @Override
    public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        Object attempt = new Object();
        try {
            body.apply(
                    scope,
                    in,
                    path,
                    (value, valuePath) -> {
                        try {
                            output.emit(value, valuePath);
                        } catch (JsonQueryException downstream) {
                            throw new Downstream(attempt, downstream);
                        }
                    },
                    requirePath);
        } catch (Downstream passing) {
            if (passing.attempt == attempt) {
                throw passing.failure;
            }
            throw passing;
        } catch (JsonQueryException failure) {
            if (handler != null) {
                handler.apply(scope, failure.getMessageAsJsonNode(), null, output, requirePath);
            }
        }
    }

    /** Carries a failure of the rest of the program past the attempt that its value came from. */
    private static final class Downstream extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Object attempt;
        private final JsonQueryException failure;

        Downstream(Object attempt, JsonQueryException failure) {
            super(null, null, false, false);
            this.attempt = attempt;
            this.failure = failure;
        }
    }
}

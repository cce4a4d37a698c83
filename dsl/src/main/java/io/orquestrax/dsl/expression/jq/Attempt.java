package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** {@code try body catch handler}: handles what fails in the body, not what fails in the rest of the program. */
record Attempt(Filter body, @Nullable Filter handler) implements Filter {

    @Override
    public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
        Failure failure = failure(environment.budget(), guarded -> body.run(environment, in, path, guarded), output);
        if (failure != null && handler != null) {
            handler.run(environment, failure.value(), Path.nowhere(path), output);
        }
    }

    /** Something that makes results and may fail. */
    interface Guarded {
        void run(Filter.Output output);
    }

    /** Null where it did not fail; a failure of the output is thrown. */
    static @Nullable Failure failure(Budget budget, Guarded guarded, Filter.Output output) {
        Object attempt = new Object();
        int depth = budget.depth();
        try {
            guarded.run((value, valuePath) -> {
                try {
                    output.emit(value, valuePath);
                } catch (Failure downstream) {
                    throw new Downstream(attempt, downstream);
                }
            });
            return null;
        } catch (Downstream passing) {
            if (passing.attempt == attempt) {
                throw passing.failure;
            }
            throw passing;
        } catch (Failure failure) {
            budget.leaveTo(depth);
            return failure;
        }
    }

    /** Carries a failure of the rest of the program past the attempt that its value came from. */
    private static final class Downstream extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Object attempt;
        private final Failure failure;

        Downstream(Object attempt, Failure failure) {
            super(null, null, false, false);
            this.attempt = attempt;
            this.failure = failure;
        }
    }
}

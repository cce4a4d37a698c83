package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** {@code label $name | body}: each evaluation is a label of its own, which its breaks find through the environment. */
record Label(Slot name, Filter body) implements Filter {

    @Override
    public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
        Environment labelled = environment.mark(name);
        int depth = environment.budget().depth();
        try {
            body.run(labelled, in, path, output);
        } catch (Broken broken) {
            if (broken.target != labelled) {
                throw broken;
            }
            environment.budget().leaveTo(depth);
        }
    }

    /** {@code break $name}. */
    record Break(Slot name) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            throw new Broken(environment.at(name));
        }
    }

    /** Ends what goes on inside a label, or inside a function that takes only so many results. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Object target;

        Broken(Object target) {
            super(null, null, false, false);
            this.target = target;
        }

        boolean isFor(Object wanted) {
            return target == wanted;
        }
    }
}

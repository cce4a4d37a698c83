package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** {@code label $name | body}: each evaluation is a label of its own, which its breaks find through the scope. */
record Label(String name, Expression body) implements Expression {

    /** Not a name that a program can write. */
    private static String key(String name) {
        return "*label " + name;
    }

    @Override
    public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        JsonNode identity = new POJONode(new Object());
        Scope inner = Scope.newChildScope(scope);
        inner.setValue(key(name), identity);
        try {
            body.apply(inner, in, path, output, requirePath);
        } catch (Broken broken) {
            if (broken.identity != identity) {
                throw broken;
            }
        }
    }

    /** {@code break $name}. */
    record Break(String name) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath) {
            throw new Broken(scope.getValue(key(name)));
        }
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient JsonNode identity;

        Broken(JsonNode identity) {
            super(null, null, false, false);
            this.identity = identity;
        }
    }
}

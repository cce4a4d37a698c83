package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code def name(parameters): body; rest}.
 *
 * @param parameters with a dollar sign those that are values
 */
record Definition(String name, List<String> parameters, Expression body, Expression rest) implements Expression {

    @Override
    public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        Scope inner = Scope.newChildScope(scope);
        inner.addFunction(name, parameters.size(), new JsonQueryFunction(name, parameters, body, inner));
        rest.apply(inner, in, path, output, requirePath);
    }
}

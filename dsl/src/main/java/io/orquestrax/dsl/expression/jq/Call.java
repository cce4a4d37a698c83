package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** The call of a function. */
record Call(String name, List<Expression> arguments) implements Expression {

    @Override
    public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        Function function = scope.getFunction(name, arguments.size());
        Budget.step();
        Budget budget = Budget.CURRENT.get();
        budget.enter();
        try {
            function.apply(scope, arguments, in, path, output, Versions.JQ_1_7);
        } finally {
            budget.leave();
        }
    }
}

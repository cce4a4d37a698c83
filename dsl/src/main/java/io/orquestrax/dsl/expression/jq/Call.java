package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of functions. */
final class Call {
    private Call() {}

    /** Of one that is written in Java. */
    record OfNative(NativeFunction function, List<Filter> arguments) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            budget.step();
            budget.enter();
            function.call(environment, arguments, in, path, output);
            budget.leave();
        }
    }

    /** Of one that is defined in jq. */
    record OfDefined(Definition.Function function, List<Filter> arguments) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            budget.step();
            budget.enter();
            bind(environment, function.home(environment), 0, in, path, output);
            budget.leave();
        }

        private void bind(
                Environment caller, Environment inner, int index, JsonNode in, @Nullable Path path, Output output) {
            if (index == arguments.size()) {
                function.body().run(inner, in, path, output);
                return;
            }
            Definition.Parameter parameter = function.parameters().get(index);
            if (parameter.isValue()) {
                if (arguments.get(index) instanceof Single single) {
                    Environment bound = inner.bind(parameter.slot(), single.one(caller, in));
                    bind(caller, bound, index + 1, in, path, output);
                    return;
                }
                arguments
                        .get(index)
                        .values(
                                caller,
                                in,
                                value ->
                                        bind(caller, inner.bind(parameter.slot(), value), index + 1, in, path, output));
            } else {
                Environment bound = inner.bind(parameter.slot(), arguments.get(index), caller);
                bind(caller, bound, index + 1, in, path, output);
            }
        }
    }

    /** Of a parameter that is an expression. */
    record OfParameter(Slot parameter) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            budget.step();
            budget.enter();
            Environment.Argument argument = environment.argument(parameter);
            argument.filter().run(argument.environment(), in, path, output);
            budget.leave();
        }
    }
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A builtin function that is written in Java. */
interface NativeFunction {

    void call(Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output);

    /** Makes one value of the input. */
    interface OfInput {
        JsonNode apply(Budget budget, JsonNode in);
    }

    /** Makes one value of the input and the values of the arguments. */
    interface OfValues {
        JsonNode apply(Budget budget, JsonNode in, List<JsonNode> arguments);
    }

    static NativeFunction of(OfInput function) {
        return new Pure((budget, in, arguments) -> function.apply(budget, in));
    }

    static NativeFunction ofValues(OfValues function) {
        return new Pure(function);
    }

    /** Called once for each combination of the arguments' values; the last is the outermost loop, as in jq. */
    record Pure(OfValues function) implements NativeFunction {
        JsonNode apply(Budget budget, JsonNode in, List<JsonNode> values) {
            return function.apply(budget, in, values);
        }

        @Override
        public void call(
                Environment environment,
                List<Filter> arguments,
                JsonNode in,
                @Nullable Path path,
                Filter.Output output) {
            combine(
                    environment,
                    arguments,
                    in,
                    List.of(),
                    values -> output.emit(apply(environment.budget(), in, values), Path.nowhere(path)));
        }
    }

    /** What is done with the values of the arguments. */
    interface Combination {
        void use(List<JsonNode> values);
    }

    static void combine(
            Environment environment,
            List<Filter> arguments,
            JsonNode in,
            List<JsonNode> values,
            Combination combination) {
        int missing = arguments.size() - values.size();
        if (missing == 0) {
            combination.use(values);
            return;
        }
        arguments.get(missing - 1).values(environment, in, value -> {
            environment.budget().step();
            List<JsonNode> more = new ArrayList<>();
            more.add(value);
            more.addAll(values);
            combine(environment, arguments, in, more, combination);
        });
    }
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filters that programs are put together with. */
final class Basics {
    private Basics() {}

    /** {@code .}. */
    record Identity() implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            return in;
        }

        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            output.emit(in, path);
        }
    }

    /** A literal; numbers keep their digits. */
    record Constant(JsonNode value) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            return value;
        }
    }

    /** {@code $name}. */
    record Variable(Slot slot) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            return environment.value(slot);
        }
    }

    /** {@code first | second}. */
    record Pipe(Filter first, Filter second) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            budget.enter();
            if (first instanceof Single single && path == null) {
                second.run(environment, single.one(environment, in), null, output);
                budget.leave();
                return;
            }
            first.run(environment, in, path, (value, valuePath) -> second.run(environment, value, valuePath, output));
            budget.leave();
        }
    }

    /** {@code first, second}. */
    record Comma(List<Filter> parts) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            for (Filter part : parts) {
                environment.budget().step();
                part.run(environment, in, path, output);
            }
        }
    }

    /** {@code [items]}. */
    record Collection(Filter items) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            ArrayNode array = Json.NODES.arrayNode();
            items.values(environment, in, item -> {
                environment.budget().step();
                array.add(item);
            });
            return array;
        }
    }

    /** {@code -value}. */
    record Negation(Filter value) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            value.values(environment, in, number -> {
                if (!number.isNumber()) {
                    throw new Failure(Shown.typed(number) + " cannot be negated");
                }
                environment.budget().step();
                output.emit(Arithmetic.negate(number), Path.nowhere(path));
            });
        }
    }

    /** {@code if condition then consequence else alternative end}. */
    record Conditional(Filter condition, Filter consequence, Filter alternative) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            environment.budget().step();
            if (condition instanceof Single single) {
                Filter chosen = isTrue(single.one(environment, in)) ? consequence : alternative;
                chosen.run(environment, in, path, output);
                return;
            }
            condition.values(environment, in, holds -> {
                environment.budget().step();
                (isTrue(holds) ? consequence : alternative).run(environment, in, path, output);
            });
        }
    }

    /** {@code and}, {@code or}. */
    record Junction(Filter left, Filter right, boolean isOr) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            left.values(environment, in, first -> {
                environment.budget().step();
                if (isTrue(first) == isOr) {
                    output.emit(Json.NODES.booleanNode(isOr), Path.nowhere(path));
                } else {
                    right.values(
                            environment,
                            in,
                            second -> output.emit(Json.NODES.booleanNode(isTrue(second)), Path.nowhere(path)));
                }
            });
        }
    }

    /** {@code left // right}. */
    record Alternative(Filter left, Filter right) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            boolean[] isAny = {false};
            left.run(environment, in, path, (value, valuePath) -> {
                environment.budget().step();
                if (isTrue(value)) {
                    isAny[0] = true;
                    output.emit(value, valuePath);
                }
            });
            if (!isAny[0]) {
                right.run(environment, in, path, output);
            }
        }
    }

    /** {@code left + right} and its like, comparisons too. */
    record Binary(Filter left, Filter right, Operator operator) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            right.values(
                    environment,
                    in,
                    second -> left.values(environment, in, first -> {
                        budget.step();
                        output.emit(operator.apply(budget, first, second), Path.nowhere(path));
                    }));
        }
    }

    static boolean isTrue(JsonNode value) {
        return !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }
}

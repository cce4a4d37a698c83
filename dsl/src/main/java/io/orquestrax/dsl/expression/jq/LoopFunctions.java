package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that can run for ever, and those that end others early: each round is a step, and chains need no stack. */
final class LoopFunctions {
    private LoopFunctions() {}

    /** By their signatures. */
    static Map<String, NativeFunction> all() {
        return Map.ofEntries(
                Map.entry("range/1", LoopFunctions::range),
                Map.entry("range/2", LoopFunctions::range),
                Map.entry("range/3", LoopFunctions::range),
                Map.entry("repeat/1", LoopFunctions::repeat),
                Map.entry(
                        "recurse/1",
                        (environment, arguments, in, path, output) ->
                                new Chain(environment, null, false, arguments.get(0), output).run(in, path)),
                Map.entry(
                        "while/2",
                        (environment, arguments, in, path, output) -> new Chain(
                                        environment, arguments.get(0), false, arguments.get(1), output)
                                .run(in, path)),
                Map.entry(
                        "until/2",
                        (environment, arguments, in, path, output) ->
                                new Chain(environment, arguments.get(0), true, arguments.get(1), output).run(in, path)),
                Map.entry("limit/2", LoopFunctions::limit),
                Map.entry("skip/2", LoopFunctions::skip),
                Map.entry(
                        "first/1",
                        (environment, arguments, in, path, output) ->
                                take(arguments.get(0), environment, in, path, 1, output)),
                Map.entry("last/1", LoopFunctions::last),
                Map.entry("isempty/1", LoopFunctions::isEmpty));
    }

    private record Link(JsonNode value, @Nullable Path path) {}

    /**
     * A value, what the update makes of it, what it makes of that …
     *
     * @param condition absent where every value goes on; a value that fails it ends its chain, one that passes it is
     *     emitted and goes on; the other way round for until
     */
    private record Chain(
            Environment environment, @Nullable Filter condition, boolean isUntil, Filter update, Filter.Output output) {

        void run(JsonNode value, @Nullable Path path) {
            Deque<Iterator<Link>> open = new ArrayDeque<>();
            open.push(List.of(new Link(value, path)).iterator());
            while (!open.isEmpty()) {
                if (!open.peek().hasNext()) {
                    open.pop();
                    continue;
                }
                environment.budget().step();
                Link link = open.peek().next();
                if (goesOn(link)) {
                    List<Link> next = new ArrayList<>(1);
                    update.run(environment, link.value(), link.path(), (each, eachPath) -> {
                        environment.budget().step();
                        next.add(new Link(each, eachPath));
                    });
                    open.push(next.iterator());
                }
            }
        }

        private boolean goesOn(Link link) {
            boolean holds = condition == null || holds(condition, link);
            if (holds != isUntil) {
                if (!isUntil) {
                    output.emit(link.value(), link.path());
                }
                return true;
            }
            if (isUntil) {
                output.emit(link.value(), link.path());
            }
            return false;
        }

        private boolean holds(Filter test, Link link) {
            boolean[] holds = {false};
            test.values(environment, link.value(), result -> holds[0] |= Basics.isTrue(result));
            return holds[0];
        }
    }

    private static void repeat(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        while (true) {
            environment.budget().step();
            arguments.getFirst().run(environment, in, path, output);
        }
    }

    /** Up to, from and up to, or from, up to and by; the first is the outermost loop. */
    private static void range(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        JsonNode one = Json.NODES.numberNode(1);
        NativeFunction.combine(environment, arguments.reversed(), in, List.of(), reversed -> {
            List<JsonNode> values = reversed.reversed();
            JsonNode from = values.size() == 1 ? Json.NODES.numberNode(0) : values.get(0);
            JsonNode to = values.size() == 1 ? values.get(0) : values.get(1);
            JsonNode by = values.size() == 3 ? values.get(2) : one;
            count(environment.budget(), from, to, by, value -> output.emit(value, Path.nowhere(path)));
        });
    }

    private interface Counter {
        void count(JsonNode number);
    }

    private static void count(Budget budget, JsonNode from, JsonNode to, JsonNode by, Counter counter) {
        if (!from.isNumber() || !to.isNumber() || !by.isNumber()) {
            throw new Failure("Range bounds must be numeric");
        }
        int direction = Double.compare(by.doubleValue(), 0.0);
        JsonNode current = from;
        while (direction != 0 && Integer.signum(Order.compare(budget, to, current)) == Integer.signum(direction)) {
            budget.step();
            counter.count(current);
            current = Arithmetic.PLUS.apply(budget, current, by);
        }
    }

    private static void limit(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        arguments.get(0).values(environment, in, count -> {
            environment.budget().step();
            double most = number("limit", count);
            if (most > 0) {
                take(arguments.get(1), environment, in, path, most, output);
            } else if (most < 0) {
                arguments.get(1).run(environment, in, path, output);
            }
        });
    }

    private static void skip(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        arguments.get(0).values(environment, in, count -> {
            environment.budget().step();
            double[] left = {number("skip", count)};
            if (left[0] < 0) {
                throw new Failure("skip doesn't support negative count");
            }
            arguments.get(1).run(environment, in, path, (value, valuePath) -> {
                environment.budget().step();
                left[0]--;
                if (left[0] < 0) {
                    output.emit(value, valuePath);
                }
            });
        });
    }

    private static double number(String name, JsonNode count) {
        if (!count.isNumber()) {
            throw new Failure(name + " takes a number, not " + Shown.typed(count));
        }
        return count.doubleValue();
    }

    /** The first results of a filter, which does not go on after them. */
    private static void take(
            Filter filter,
            Environment environment,
            JsonNode in,
            @Nullable Path path,
            double most,
            Filter.Output output) {
        Object enough = new Object();
        int depth = environment.budget().depth();
        double[] left = {most};
        try {
            filter.run(environment, in, path, (value, valuePath) -> {
                left[0]--;
                output.emit(value, valuePath);
                if (left[0] <= 0) {
                    throw new Label.Broken(enough);
                }
            });
        } catch (Label.Broken broken) {
            if (!broken.isFor(enough)) {
                throw broken;
            }
            environment.budget().leaveTo(depth);
        }
    }

    /** Adds the first result to the list, if there is one. */
    static void takeFirst(Filter filter, Environment environment, JsonNode in, List<JsonNode> first) {
        take(filter, environment, in, null, 1, (value, path) -> first.add(value));
    }

    private static void last(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        Link[] last = {new Link(Json.NODES.nullNode(), Path.nowhere(path))};
        arguments.get(0).run(environment, in, path, (value, valuePath) -> {
            environment.budget().step();
            last[0] = new Link(value, valuePath);
        });
        output.emit(last[0].value(), last[0].path());
    }

    private static void isEmpty(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        List<JsonNode> first = new ArrayList<>(1);
        takeFirst(arguments.get(0), environment, in, first);
        output.emit(Json.NODES.booleanNode(first.isEmpty()), Path.nowhere(path));
    }
}

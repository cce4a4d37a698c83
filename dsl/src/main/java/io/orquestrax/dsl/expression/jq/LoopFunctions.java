package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryTypeException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeComparator;
import net.thisptr.jackson.jq.internal.misc.JsonNodeUtils;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** The functions that can run for ever: each round is a step, and chains of single values need no stack. */
final class LoopFunctions {
    private LoopFunctions() {}

    /** By their signatures. */
    static Map<String, Function> all() {
        return Map.of(
                "range/1", LoopFunctions::rangeTo,
                "range/2", LoopFunctions::range,
                "range/3", LoopFunctions::rangeBy,
                "repeat/1",
                        (scope, arguments, in, path, output, version) ->
                                new Chain(scope, null, false, arguments.get(0), output).run(in, path),
                "recurse/1",
                        (scope, arguments, in, path, output, version) ->
                                new Chain(scope, null, false, arguments.get(0), output).run(in, path),
                "while/2",
                        (scope, arguments, in, path, output, version) ->
                                new Chain(scope, arguments.get(0), false, arguments.get(1), output).run(in, path),
                "until/2",
                        (scope, arguments, in, path, output, version) ->
                                new Chain(scope, arguments.get(0), true, arguments.get(1), output).run(in, path));
    }

    private record Link(JsonNode value, @Nullable Path path) {}

    /**
     * A value, what the update makes of it, what it makes of that …
     *
     * @param condition absent where every value goes on; a value that fails it ends its chain, one that passes it is
     *     emitted and goes on; the other way round for until
     */
    private record Chain(
            Scope scope, @Nullable Expression condition, boolean isUntil, Expression update, PathOutput output) {

        void run(JsonNode value, @Nullable Path path) throws JsonQueryException {
            Link link = new Link(value, path);
            while (true) {
                Budget.step();
                if (!goesOn(link)) {
                    return;
                }
                List<Link> next = new ArrayList<>();
                update.apply(
                        scope,
                        link.value(),
                        link.path(),
                        (each, eachPath) -> next.add(new Link(each, eachPath)),
                        false);
                if (next.size() != 1) {
                    branch(next);
                    return;
                }
                link = next.getFirst();
            }
        }

        private void branch(List<Link> links) throws JsonQueryException {
            Budget.CURRENT.get().enter();
            for (Link link : links) {
                run(link.value(), link.path());
            }
            Budget.CURRENT.get().leave();
        }

        private boolean goesOn(Link link) throws JsonQueryException {
            boolean holds = condition == null || holds(condition, link);
            if (holds == !isUntil || condition == null) {
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

        private boolean holds(Expression test, Link link) throws JsonQueryException {
            boolean[] holds = {false};
            test.apply(scope, link.value(), result -> holds[0] |= JsonNodeUtils.asBoolean(result));
            return holds[0];
        }
    }

    private static void rangeTo(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            @Nullable Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        arguments.get(0).apply(scope, in, to -> count(Json.NODES.numberNode(0), to, Json.NODES.numberNode(1), output));
    }

    private static void range(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            @Nullable Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        arguments
                .get(0)
                .apply(
                        scope,
                        in,
                        from -> arguments
                                .get(1)
                                .apply(scope, in, to -> count(from, to, Json.NODES.numberNode(1), output)));
    }

    private static void rangeBy(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            @Nullable Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        arguments
                .get(0)
                .apply(
                        scope,
                        in,
                        from -> arguments
                                .get(1)
                                .apply(
                                        scope,
                                        in,
                                        to -> arguments.get(2).apply(scope, in, by -> count(from, to, by, output))));
    }

    private static void count(JsonNode from, JsonNode to, JsonNode by, PathOutput output) throws JsonQueryException {
        if (!from.isNumber() || !to.isNumber() || !by.isNumber()) {
            throw new JsonQueryTypeException("Range bounds must be numeric");
        }
        JsonNodeComparator order = JsonNodeComparator.getInstance();
        int direction = Integer.signum(order.compare(by, Json.NODES.numberNode(0)));
        JsonNode current = from;
        while (direction != 0 && Integer.signum(order.compare(to, current)) == direction) {
            Budget.step();
            output.emit(current, null);
            current = Arithmetic.PLUS.apply(NativeFunctions.MAPPER, current, by);
        }
    }
}

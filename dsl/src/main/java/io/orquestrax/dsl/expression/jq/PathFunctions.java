package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of places in values. */
final class PathFunctions {
    private PathFunctions() {}

    /** By their signatures. */
    static Map<String, NativeFunction> all() {
        return Map.of(
                "path/1", PathFunctions::path,
                "getpath/1", PathFunctions::get,
                "setpath/2", NativeFunction.ofValues(PathFunctions::set),
                "delpaths/1", NativeFunction.ofValues(PathFunctions::delete),
                "del/1", PathFunctions::deleteFound);
    }

    private static void path(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        Budget budget = environment.budget();
        arguments.getFirst().run(environment, in, Path.ROOT, (value, found) -> {
            budget.step();
            output.emit(Assignment.keys(budget, in, value, found), Path.nowhere(path));
        });
    }

    private static void get(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        Budget budget = environment.budget();
        arguments.getFirst().values(environment, in, keys -> {
            requirePath(keys);
            JsonNode value = in;
            Path place = path;
            for (JsonNode key : keys) {
                budget.step();
                place = Path.child(place, value, key);
                value = value.isNull() ? value : Elements.get(budget, value, key);
            }
            output.emit(value, place);
        });
    }

    private static JsonNode set(Budget budget, JsonNode in, List<JsonNode> arguments) {
        requirePath(arguments.getFirst());
        Draft draft = new Draft(budget, in);
        draft.set(arguments.get(0), arguments.get(1));
        return draft.value();
    }

    private static JsonNode delete(Budget budget, JsonNode in, List<JsonNode> arguments) {
        if (!arguments.getFirst().isArray()) {
            throw new Failure("Paths must be specified as an array");
        }
        List<JsonNode> places = new ArrayList<>();
        arguments.getFirst().forEach(keys -> {
            requirePath(keys);
            places.add(keys);
        });
        return Assignment.without(budget, in, places);
    }

    private static void deleteFound(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        List<JsonNode> places = Assignment.find(arguments.getFirst(), environment, in);
        output.emit(Assignment.without(environment.budget(), in, places), Path.nowhere(path));
    }

    private static void requirePath(JsonNode keys) {
        if (!keys.isArray()) {
            throw new Failure("Path must be specified as an array");
        }
    }
}

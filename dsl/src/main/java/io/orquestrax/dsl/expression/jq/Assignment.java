package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changes a value at the places that a filter finds in it. */
final class Assignment {
    private Assignment() {}

    /** {@code places = value}, and {@code places += value} and its like. */
    record Write(Filter places, Filter value, Operator operator) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            value.values(environment, in, operand -> {
                Draft draft = new Draft(budget, in);
                for (JsonNode place : find(places, environment, in)) {
                    draft.change(place, old -> operator.apply(budget, old, operand));
                }
                output.emit(draft.value(), Path.nowhere(path));
            });
        }
    }

    /** {@code places |= update}: the first result of the update, and without one the place is removed. */
    record Update(Filter places, Filter update) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Draft draft = new Draft(environment.budget(), in);
            List<JsonNode> emptied = new ArrayList<>();
            for (JsonNode place : find(places, environment, in)) {
                List<JsonNode> first = new ArrayList<>(1);
                LoopFunctions.takeFirst(update, environment, draft.get(place), first);
                if (first.isEmpty()) {
                    emptied.add(place);
                } else {
                    draft.set(place, first.getFirst());
                }
            }
            output.emit(without(environment.budget(), draft.value(), emptied), Path.nowhere(path));
        }
    }

    /** The places that a filter finds in a value, each as an array of keys. */
    static List<JsonNode> find(Filter places, Environment environment, JsonNode in) {
        List<JsonNode> found = new ArrayList<>();
        places.run(environment, in, Path.ROOT, (value, path) -> {
            environment.budget().step();
            found.add(keys(environment.budget(), in, value, path));
        });
        return found;
    }

    /** Of a result of a filter that was asked for paths. */
    static ArrayNode keys(Budget budget, JsonNode in, JsonNode value, @Nullable Path path) {
        if (path == null || path == Path.NOWHERE) {
            if (in.isValueNode() && Order.areEqual(budget, in, value)) {
                return Path.ROOT.keys();
            }
            throw new Failure("Invalid path expression with result " + Shown.brief(value));
        }
        ArrayNode keys = path.keys();
        budget.work(keys.size());
        return keys;
    }

    /** The last places first, so that those before them stay where they are. */
    static JsonNode without(Budget budget, JsonNode value, List<JsonNode> places) {
        if (places.isEmpty()) {
            return value;
        }
        List<JsonNode> sorted = new ArrayList<>();
        for (JsonNode place : places) {
            addAbsolute(budget, value, place, sorted);
        }
        sorted.sort(Order.total(budget).reversed());
        Draft draft = new Draft(budget, value);
        JsonNode last = Json.NODES.missingNode();
        for (JsonNode place : sorted) {
            if (last.isMissingNode() || !Order.areEqual(budget, last, place)) {
                draft.remove(place);
            }
            last = place;
        }
        return draft.value();
    }

    /** With indices from the start only; a slice at the end is each of its items. */
    private static void addAbsolute(Budget budget, JsonNode value, JsonNode place, List<JsonNode> places) {
        ArrayNode keys = Json.NODES.arrayNode();
        JsonNode found = value;
        int sliceStart = 0;
        for (int depth = 0; depth < place.size(); depth++) {
            JsonNode key = place.get(depth);
            if (found.isArray() && key.isObject()) {
                Elements.Range range = Elements.Range.of(key, found.size());
                if (depth == place.size() - 1) {
                    for (int index = range.start(); index < range.end(); index++) {
                        budget.work(keys.size() + 1L);
                        places.add(keys.deepCopy().add(sliceStart + index));
                    }
                    return;
                }
                sliceStart += range.start();
                found = Elements.get(budget, found, key);
                continue;
            }
            if (found.isArray() && key.isNumber()) {
                int index = Elements.index(key, found.size());
                keys.add(index < 0 ? key : Json.NODES.numberNode(sliceStart + index));
            } else {
                keys.add(key);
            }
            sliceStart = 0;
            found = found.isNull() ? found : Elements.get(budget, found, key);
        }
        places.add(keys);
    }
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Functions that put the items of an array in order by what an expression makes of each. */
final class Sorting {
    private Sorting() {}

    /** By their signatures. */
    static Map<String, NativeFunction> all() {
        return Map.ofEntries(
                Map.entry("sort/0", NativeFunction.of((budget, in) -> items(sorted(budget, plain("sorted", in))))),
                Map.entry("sort_by/1", by("sorted", (budget, keyed) -> items(sorted(budget, keyed)))),
                Map.entry("group_by/1", by("grouped", Sorting::groups)),
                Map.entry("unique/0", NativeFunction.of((budget, in) -> firsts(groups(budget, plain("sorted", in))))),
                Map.entry("unique_by/1", by("grouped", (budget, keyed) -> firsts(groups(budget, keyed)))),
                Map.entry("min/0", NativeFunction.of((budget, in) -> least(budget, plain("iterated over", in), true))),
                Map.entry("max/0", NativeFunction.of((budget, in) -> least(budget, plain("iterated over", in), false))),
                Map.entry("min_by/1", by("iterated over", (budget, keyed) -> least(budget, keyed, true))),
                Map.entry("max_by/1", by("iterated over", (budget, keyed) -> least(budget, keyed, false))),
                Map.entry(
                        "bsearch/1",
                        NativeFunction.ofValues((budget, in, arguments) -> search(budget, in, arguments.getFirst()))));
    }

    private record Keyed(JsonNode key, JsonNode item) {}

    private interface Arrangement {
        JsonNode of(Budget budget, List<Keyed> items);
    }

    /** The key of an item is the array of what the expression makes of it. */
    private static NativeFunction by(String participle, Arrangement arrangement) {
        return (environment, arguments, in, path, output) -> {
            Budget budget = environment.budget();
            requireArray(participle, in);
            List<Keyed> keyed = new ArrayList<>(in.size());
            for (JsonNode item : in) {
                ArrayNode key = Json.NODES.arrayNode();
                arguments.getFirst().values(environment, item, part -> {
                    budget.step();
                    key.add(part);
                });
                keyed.add(new Keyed(key, item));
            }
            output.emit(arrangement.of(budget, keyed), Path.nowhere(path));
        };
    }

    private static List<Keyed> plain(String participle, JsonNode in) {
        requireArray(participle, in);
        List<Keyed> keyed = new ArrayList<>(in.size());
        in.forEach(item -> keyed.add(new Keyed(item, item)));
        return keyed;
    }

    private static void requireArray(String participle, JsonNode in) {
        if (!in.isArray()) {
            throw new Failure(Shown.typed(in) + " cannot be " + participle + ", as it is not an array");
        }
    }

    private static List<Keyed> sorted(Budget budget, List<Keyed> keyed) {
        budget.make(keyed.size());
        keyed.sort(Comparator.comparing(Keyed::key, Order.total(budget)));
        return keyed;
    }

    private static ArrayNode items(List<Keyed> keyed) {
        ArrayNode items = Json.NODES.arrayNode(keyed.size());
        keyed.forEach(each -> items.add(each.item()));
        return items;
    }

    private static ArrayNode groups(Budget budget, List<Keyed> keyed) {
        ArrayNode groups = Json.NODES.arrayNode();
        ArrayNode group = Json.NODES.arrayNode();
        JsonNode last = Json.NODES.missingNode();
        for (Keyed each : sorted(budget, keyed)) {
            if (last.isMissingNode() || !Order.areEqual(budget, last, each.key())) {
                group = groups.addArray();
            }
            group.add(each.item());
            last = each.key();
        }
        return groups;
    }

    private static ArrayNode firsts(ArrayNode groups) {
        ArrayNode firsts = Json.NODES.arrayNode(groups.size());
        groups.forEach(group -> firsts.add(group.get(0)));
        return firsts;
    }

    /** Of several that are least the first, of several that are greatest the last. */
    private static JsonNode least(Budget budget, List<Keyed> keyed, boolean isLeast) {
        Comparator<JsonNode> order = Order.total(budget);
        Keyed best = null;
        for (Keyed each : keyed) {
            int comparison = best == null ? 0 : order.compare(each.key(), best.key());
            if (best == null || (isLeast ? comparison < 0 : comparison >= 0)) {
                best = each;
            }
        }
        return best == null ? Json.NODES.nullNode() : best.item();
    }

    /** The index of the value in a sorted array, or -1 minus the index where it would be. */
    private static JsonNode search(Budget budget, JsonNode in, JsonNode wanted) {
        requireArray("searched from", in);
        int low = 0;
        int high = in.size() - 1;
        while (low <= high) {
            budget.step();
            int middle = (low + high) >>> 1;
            int order = Order.compare(budget, in.get(middle), wanted);
            if (order == 0) {
                return Json.NODES.numberNode(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Json.NODES.numberNode(-1 - low);
    }
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters that go down into a value. */
final class Access {
    private Access() {}

    /** {@code target[key]}, {@code target.key}. */
    record Index(Filter target, Filter key) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            target.run(
                    environment,
                    in,
                    path,
                    (container, containerPath) -> key.values(environment, in, index -> {
                        budget.step();
                        Path place = Path.child(containerPath, container, index);
                        output.emit(Elements.get(budget, container, index), place);
                    }));
        }
    }

    /** {@code target[from:to]}. */
    record Slice(Filter target, Filter from, Filter to) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            target.run(
                    environment,
                    in,
                    path,
                    (container, containerPath) -> from.values(
                            environment,
                            in,
                            start -> to.values(environment, in, end -> {
                                budget.step();
                                ObjectNode range = Json.NODES.objectNode();
                                range.set("start", start);
                                range.set("end", end);
                                Path place = Path.child(containerPath, container, range);
                                output.emit(Elements.get(budget, container, range), place);
                            })));
        }
    }

    /** {@code target[]}. */
    record Iteration(Filter target) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            target.run(environment, in, path, (container, containerPath) -> {
                Path.requirePlace(containerPath, container);
                if (!container.isContainerNode()) {
                    throw new Failure("Cannot iterate over " + (container.isNull() ? "null" : Shown.typed(container)));
                }
                for (Place place : places(container, containerPath)) {
                    environment.budget().step();
                    output.emit(place.value(), place.path());
                }
            });
        }
    }

    /** {@code ..}: the value, and all in it. */
    record Descent() implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Deque<Iterator<Place>> open = new ArrayDeque<>();
            open.push(List.of(new Place(in, path)).iterator());
            while (!open.isEmpty()) {
                if (!open.peek().hasNext()) {
                    open.pop();
                    continue;
                }
                environment.budget().step();
                Place place = open.peek().next();
                output.emit(place.value(), place.path());
                if (place.value().isContainerNode()) {
                    open.push(places(place.value(), place.path()).iterator());
                }
            }
        }
    }

    record Place(JsonNode value, @Nullable Path path) {}

    /** Of the items or members, made as they are asked for. */
    private static Iterable<Place> places(JsonNode container, @Nullable Path path) {
        if (container.isObject()) {
            Iterator<Map.Entry<String, JsonNode>> members = new ArrayList<>(container.properties()).iterator();
            return () -> new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return members.hasNext();
                }

                @Override
                public Place next() {
                    Map.Entry<String, JsonNode> member = members.next();
                    Path place =
                            path == null ? null : Path.child(path, container, Json.NODES.textNode(member.getKey()));
                    return new Place(member.getValue(), place);
                }
            };
        }
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < container.size();
            }

            @Override
            public Place next() {
                int index = next;
                next++;
                Path place = path == null ? null : Path.child(path, container, Json.NODES.numberNode(index));
                return new Place(container.get(index), place);
            }
        };
    }
}

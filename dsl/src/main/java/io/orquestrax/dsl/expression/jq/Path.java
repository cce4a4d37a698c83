package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A place in a value, as the keys that lead there from its root. */
final class Path {
    static final Path ROOT = new Path(null, null);
    /** Of a value that was made, not found in the input. */
    static final Path NOWHERE = new Path(null, null);

    private final @Nullable Path parent;
    private final @Nullable JsonNode key;

    private Path(@Nullable Path parent, @Nullable JsonNode key) {
        this.parent = parent;
        this.key = key;
    }

    /** Of a value that is made where this path was asked for. */
    static @Nullable Path nowhere(@Nullable Path path) {
        return path == null ? null : NOWHERE;
    }

    /**
     * @param path of the container; null where nobody asks
     * @throws Failure if the container is a value that was made
     */
    static @Nullable Path child(@Nullable Path path, JsonNode container, JsonNode key) {
        if (path == null) {
            return null;
        }
        if (path == NOWHERE) {
            throw new Failure("Invalid path expression near attempt to access element " + Shown.brief(key) + " of "
                    + Shown.brief(container));
        }
        return new Path(path, key);
    }

    static void requirePlace(@Nullable Path path, JsonNode container) {
        if (path == NOWHERE) {
            throw new Failure("Invalid path expression near attempt to iterate through " + Shown.brief(container));
        }
    }

    /** The keys from the root, for {@code getpath} and its like. */
    ArrayNode keys() {
        Deque<JsonNode> keys = new ArrayDeque<>();
        for (Path each = this; each.parent != null && each.key != null; each = each.parent) {
            keys.push(each.key);
        }
        return Json.NODES.arrayNode(keys.size()).addAll(keys);
    }

    static Path of(JsonNode keys) {
        Path path = ROOT;
        for (JsonNode key : keys) {
            path = new Path(path, key);
        }
        return path;
    }
}

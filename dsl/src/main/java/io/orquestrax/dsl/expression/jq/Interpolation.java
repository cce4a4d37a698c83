package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A string with expressions in it.
 *
 * @param texts around the insertions: one more than these
 * @param format of the insertions
 */
record Interpolation(List<String> texts, List<Filter> insertions, Format format) implements Filter {

    /** A part of the text that is put together from its end. */
    private record Tail(String head, @Nullable Tail rest, long length) {}

    @Override
    public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
        String last = texts.getLast();
        insert(environment, in, insertions.size() - 1, new Tail(last, null, last.length()), path, output);
    }

    /** The last insertion is the outermost loop, as in jq. */
    private void insert(
            Environment environment, JsonNode in, int index, Tail tail, @Nullable Path path, Output output) {
        Budget budget = environment.budget();
        if (index < 0) {
            budget.make(tail.length());
            StringBuilder text = new StringBuilder((int) tail.length());
            for (Tail each = tail; each != null; each = each.rest()) {
                text.append(each.head());
            }
            output.emit(Json.NODES.textNode(text.toString()), Path.nowhere(path));
            return;
        }
        insertions.get(index).values(environment, in, value -> {
            budget.step();
            String inserted = texts.get(index) + format.apply(budget, value);
            insert(
                    environment,
                    in,
                    index - 1,
                    new Tail(inserted, tail, inserted.length() + tail.length()),
                    path,
                    output);
        });
    }
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/** Puts a text together from its pieces, once for each combination of what the replacement makes of the matches. */
record Substitution(Scope scope, Expression replacement, PathOutput output) {

    /** The end of a text; what comes before is prepended. */
    private record Tail(String head, @Nullable Tail rest, long length) {
        static Tail of(String head, @Nullable Tail rest) {
            long length = head.length() + (rest == null ? 0 : rest.length());
            Budget.checkSize(length);
            return new Tail(head, rest, length);
        }
    }

    /**
     * @param missing how many pieces are not yet in the text
     * @param failure of the replacement after the values that it made
     */
    private record Draft(
            int missing, @Nullable Tail tail, @Nullable JsonQueryException failure) {}

    void run(ArrayNode pieces) throws JsonQueryException {
        Deque<Draft> drafts = new ArrayDeque<>();
        drafts.push(new Draft(pieces.size(), null, null));
        while (!drafts.isEmpty()) {
            Budget.step();
            Draft draft = drafts.pop();
            if (draft.failure() != null) {
                throw draft.failure();
            }
            if (draft.missing() == 0) {
                output.emit(Json.NODES.textNode(text(draft.tail())), null);
                continue;
            }
            int before = draft.missing() - 1;
            JsonNode piece = pieces.get(before);
            if (piece.isTextual()) {
                drafts.push(new Draft(before, Tail.of(piece.textValue(), draft.tail()), null));
            } else {
                pushReplacements(drafts, before, piece, draft.tail());
            }
        }
    }

    private void pushReplacements(Deque<Draft> drafts, int before, JsonNode match, @Nullable Tail tail) {
        List<Draft> replaced = new ArrayList<>();
        try {
            replacement.apply(scope, match, value -> {
                Budget.step();
                replaced.add(new Draft(before, Tail.of(value.asText(), tail), null));
            });
        } catch (JsonQueryException failure) {
            replaced.add(new Draft(before, null, failure));
        }
        replaced.reversed().forEach(drafts::push);
    }

    private static String text(@Nullable Tail whole) {
        StringBuilder text = new StringBuilder();
        for (Tail tail = whole; tail != null; tail = tail.rest()) {
            text.append(tail.head());
        }
        return text.toString();
    }
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;

/** Objects put together. */
final class Merging {
    private Merging() {}

    static ObjectNode merged(Budget budget, ObjectNode first, ObjectNode second) {
        budget.copy(first);
        budget.copy(second);
        ObjectNode merged = Json.NODES.objectNode();
        merged.setAll(first);
        merged.setAll(second);
        return merged;
    }

    /** Members that are objects on both sides are merged themselves. */
    static ObjectNode deeplyMerged(Budget budget, ObjectNode first, ObjectNode second) {
        budget.step();
        budget.enter();
        budget.copy(first);
        budget.copy(second);
        ObjectNode merged = Json.NODES.objectNode();
        merged.setAll(first);
        second.properties().forEach(member -> {
            JsonNode old = merged.get(member.getKey());
            merged.set(
                    member.getKey(),
                    old instanceof ObjectNode inner && member.getValue() instanceof ObjectNode other
                            ? deeplyMerged(budget, inner, other)
                            : member.getValue());
        });
        budget.leave();
        return merged;
    }
}

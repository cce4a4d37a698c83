package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Effort;
import java.util.List;

/** A compiled JSON Schema. */
public interface Schema {

    /** What is wrong with the value, each after its place in it (a JSON Pointer) unless that is the whole; empty where it is valid. */
    default List<String> violations(JsonNode value) {
        return violations(value, new Effort());
    }

    /**
     * @param effort that is shared with other evaluations; when it is over, that is a violation
     */
    List<String> violations(JsonNode value, Effort effort);
}

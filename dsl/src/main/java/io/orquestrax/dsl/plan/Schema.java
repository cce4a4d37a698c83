package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A compiled JSON Schema. */
public interface Schema {

    /** What is wrong with the value, each with its place in it; empty where it is valid. */
    List<String> violations(JsonNode value);
}

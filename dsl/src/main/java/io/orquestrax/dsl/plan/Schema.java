package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A compiled JSON Schema. */
public interface Schema {

    /** What is wrong with the value, each after its place in it (a JSON Pointer) unless that is the whole; empty where it is valid. */
    List<String> violations(JsonNode value);
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes one value of two. */
interface Operator {
    JsonNode apply(Budget budget, JsonNode left, JsonNode right);
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;

/** A literal; numbers keep their digits. */
final class Constant extends ValueLiteral {

    Constant(JsonNode value) {
        super(value);
    }
}

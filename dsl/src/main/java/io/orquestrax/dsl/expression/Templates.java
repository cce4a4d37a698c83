package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.Map;

/** The forms of a template. */
sealed interface Templates extends Template {

    record Constant(JsonNode value) implements Templates {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            return value;
        }
    }

    record Evaluated(Expression expression) implements Templates {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            return expression.evaluate(input, variables);
        }
    }

    record Members(Map<String, Template> members) implements Templates {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            ObjectNode object = Json.NODES.objectNode();
            members.forEach((name, template) -> object.set(name, template.evaluate(input, variables)));
            return object;
        }
    }

    record Items(List<Template> items) implements Templates {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            ArrayNode array = Json.NODES.arrayNode();
            items.forEach(template -> array.add(template.evaluate(input, variables)));
            return array;
        }
    }
}

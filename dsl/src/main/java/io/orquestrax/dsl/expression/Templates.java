package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The forms of a template. */
sealed interface Templates extends Template {

    /** Takes what is deferred in a template, each with its place. */
    interface Visitor {
        void visit(JsonPointer place, Deferred leaf);
    }

    static void visitDeferred(Template template, JsonPointer place, Visitor visitor) {
        if (template instanceof Templates known) {
            known.visitDeferred(place, visitor);
        }
    }

    default void visitDeferred(JsonPointer place, Visitor visitor) {}

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

    record Deferred(CompiledExpression expression, Set<String> secrets) implements Templates {
        public Deferred {
            secrets = Set.copyOf(secrets);
        }

        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            return Json.NODES.nullNode();
        }

        @Override
        public void visitDeferred(JsonPointer place, Visitor visitor) {
            visitor.visit(place, this);
        }
    }

    record Mapped(Template template, UnaryOperator<JsonNode> change) implements Templates {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            JsonNode value = template.evaluate(input, variables);
            return template instanceof Deferred ? value : change.apply(value);
        }

        @Override
        public void visitDeferred(JsonPointer place, Visitor visitor) {
            Templates.visitDeferred(template, place, visitor);
        }
    }

    record Lenient(Template template, JsonNode literal) implements Templates {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            try {
                return template.evaluate(input, variables);
            } catch (ExpressionException failed) {
                return literal;
            }
        }
    }

    record Members(Map<String, Template> members) implements Templates {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            ObjectNode object = Json.NODES.objectNode();
            members.forEach((name, template) -> object.set(name, template.evaluate(input, variables)));
            return object;
        }

        @Override
        public void visitDeferred(JsonPointer place, Visitor visitor) {
            members.forEach((name, template) -> Templates.visitDeferred(template, place.appendProperty(name), visitor));
        }
    }

    record Items(List<Template> items) implements Templates {
        @Override
        public JsonNode evaluate(JsonNode input, Variables variables) {
            ArrayNode array = Json.NODES.arrayNode();
            items.forEach(template -> array.add(template.evaluate(input, variables)));
            return array;
        }

        @Override
        public void visitDeferred(JsonPointer place, Visitor visitor) {
            for (int index = 0; index < items.size(); index++) {
                Templates.visitDeferred(items.get(index), place.appendIndex(index), visitor);
            }
        }
    }
}

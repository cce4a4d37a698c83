package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A value whose strings may be expressions: literals as they are, {@code ${ }} strings evaluated, at any depth. */
public interface Template {

    /**
     * The result may share parts with the input and with the template: it is not to be changed.
     *
     * @throws ExpressionException if an expression in it fails
     */
    JsonNode evaluate(JsonNode input, Variables variables);

    static Template constant(JsonNode value) {
        return new Templates.Constant(value);
    }

    static Template of(Expression expression) {
        return new Templates.Evaluated(expression);
    }

    /**
     * A value that only the side that executes a job may know: here it evaluates to null, {@link DeferredValues} takes
     * it along.
     *
     * @param secrets names of the secrets that it needs
     */
    static Template deferred(CompiledExpression expression, Set<String> secrets) {
        return new Templates.Deferred(expression, secrets);
    }

    /**
     * What this gives, changed or refused; a deferred value is left as it is, for nobody knows it yet.
     *
     * @param change throws {@link ExpressionException} where it refuses
     */
    default Template map(UnaryOperator<JsonNode> change) {
        return new Templates.Mapped(this, change);
    }

    /** What this gives, or the literal where its evaluation fails. */
    default Template orElse(JsonNode literal) {
        return new Templates.Lenient(this, literal);
    }

    /** Constant where all its members are. */
    static Template object(Map<String, Template> members) {
        Templates.Members object = new Templates.Members(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
        return members.values().stream().allMatch(Templates.Constant.class::isInstance) ? folded(object) : object;
    }

    /** Constant where all its items are. */
    static Template array(List<Template> items) {
        Templates.Items array = new Templates.Items(List.copyOf(items));
        return items.stream().allMatch(Templates.Constant.class::isInstance) ? folded(array) : array;
    }

    private static Template folded(Template constant) {
        JsonNode nothing = NullNode.getInstance();
        return constant(constant.evaluate(nothing, Variables.at(Instant.EPOCH)));
    }
}

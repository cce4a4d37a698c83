package io.orquestrax.dsl.plan;

import com.google.re2j.Pattern;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events pass: every attribute, the data and every correlation must.
 *
 * @param attributes by name, {@code type} and {@code source} for example, without {@code data}
 * @param data absent where any will do
 */
public record EventFilter(
        Map<String, Attribute> attributes, @Nullable Data data, List<Correlation> correlations) {

    public EventFilter {
        attributes = Map.copyOf(attributes);
        correlations = List.copyOf(correlations);
    }

    /** What one attribute must be. */
    public sealed interface Attribute {

        /**
         * @param text equal to the attribute's text, or
         * @param pattern matching all of it, in time linear in the text; absent where the text is no regular
         *     expression with a meaning of its own, one whose only metacharacter is a dot for example
         */
        record Literal(String text, @Nullable Pattern pattern) implements Attribute {}

        /**
         * @param value evaluated on the transformed input when the listening begins; its text must be equal
         */
        record Evaluated(Expression value) implements Attribute {}
    }

    /** What the data must be. */
    public sealed interface Data {

        /** The condition holds on the event's data. */
        record Condition(Expression condition) implements Data {}

        /**
         * @param part evaluated when the listening begins: objects must have these members at least, all else is equal
         */
        record Subset(Template part) implements Data {}
    }

    /**
     * @param key the name of the correlation in its instance
     * @param from evaluated on the event's envelope; null never correlates. It may name variables of the instance that
     *     listens
     * @param expect what it must be, evaluated on the transformed input when the listening begins; where it is absent,
     *     the first value that the instance met under this key
     */
    public record Correlation(
            String key, Expression from, @Nullable Template expect) {}
}

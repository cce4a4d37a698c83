package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What follows {@code as}: a variable, or a pattern of some. */
sealed interface Pattern {

    /** Goes on once for each way to match the value; there are several where an expression for a name has several results. */
    void match(Environment environment, JsonNode value, Consumer<Environment> rest);

    /** {@code $name}. */
    record Single(Slot variable) implements Pattern {
        @Override
        public void match(Environment environment, JsonNode value, Consumer<Environment> rest) {
            rest.accept(environment.bind(variable, value));
        }
    }

    /** {@code [pattern, …]}. */
    record Items(List<Pattern> items) implements Pattern {
        @Override
        public void match(Environment environment, JsonNode value, Consumer<Environment> rest) {
            match(environment, value, 0, rest);
        }

        private void match(Environment environment, JsonNode value, int index, Consumer<Environment> rest) {
            if (index == items.size()) {
                rest.accept(environment);
                return;
            }
            JsonNode item = Elements.get(environment.budget(), value, Json.NODES.numberNode(index));
            items.get(index).match(environment, item, inner -> match(inner, value, index + 1, rest));
        }
    }

    /**
     * {@code name: pattern}, {@code $name: pattern} or {@code $name}.
     *
     * @param variable that the member itself is bound to, if any
     */
    record Member(
            Filter name, @Nullable Slot variable, @Nullable Pattern pattern) {}

    /** {@code {member, …}}. */
    record Members(List<Member> members) implements Pattern {
        @Override
        public void match(Environment environment, JsonNode value, Consumer<Environment> rest) {
            match(environment, value, 0, rest);
        }

        private void match(Environment environment, JsonNode value, int index, Consumer<Environment> rest) {
            if (index == members.size()) {
                rest.accept(environment);
                return;
            }
            Member member = members.get(index);
            member.name().values(environment, value, name -> {
                if (!name.isTextual()) {
                    throw new Failure("Cannot index " + Shown.type(value) + " with " + Shown.type(name));
                }
                environment.budget().step();
                JsonNode found = Elements.get(environment.budget(), value, name);
                Environment bound =
                        member.variable() == null ? environment : environment.bind(member.variable(), found);
                if (member.pattern() == null) {
                    match(bound, value, index + 1, rest);
                } else {
                    member.pattern().match(bound, found, inner -> match(inner, value, index + 1, rest));
                }
            });
        }
    }
}

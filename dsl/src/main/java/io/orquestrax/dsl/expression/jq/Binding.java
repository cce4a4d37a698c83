package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** {@code source as pattern | body}; the loops bind the same way. */
record Binding(Filter source, Patterns patterns, Filter body) implements Filter {

    @Override
    public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
        Budget budget = environment.budget();
        budget.enter();
        if (source instanceof Single single && patterns.isVariable()) {
            body.run(patterns.bind(environment, single.one(environment, in)), in, path, output);
        } else {
            source.values(environment, in, value -> {
                budget.step();
                patterns.match(environment, value, output, (bound, inner) -> body.run(bound, in, path, inner));
            });
        }
        budget.leave();
    }

    /**
     * {@code pattern ?// pattern …}.
     *
     * @param variables of all patterns where there are several: those that a pattern lacks are null
     */
    record Patterns(List<Pattern> alternatives, List<Slot> variables) {

        /** Whether it is one variable and nothing else. */
        boolean isVariable() {
            return alternatives.size() == 1 && alternatives.getFirst() instanceof Pattern.Single;
        }

        Environment bind(Environment environment, JsonNode value) {
            if (alternatives.getFirst() instanceof Pattern.Single(Slot variable)) {
                return environment.bind(variable, value);
            }
            throw new IllegalStateException("It is a pattern of several variables");
        }

        /** An alternative is for where the one before it, or what goes on with it, fails. */
        void match(Environment environment, JsonNode value, Output output, BiConsumer<Environment, Output> rest) {
            Environment outer = environment;
            for (Slot variable : variables) {
                outer = outer.bind(variable, Json.NODES.nullNode());
            }
            Environment all = outer;
            for (Pattern alternative : alternatives.subList(0, alternatives.size() - 1)) {
                Failure failure = Attempt.failure(
                        environment.budget(),
                        guarded -> alternative.match(all, value, bound -> rest.accept(bound, guarded)),
                        output);
                if (failure == null) {
                    return;
                }
            }
            alternatives.getLast().match(all, value, bound -> rest.accept(bound, output));
        }
    }

    /** {@code reduce source as pattern (start; update)}. */
    record Reduction(Filter source, Patterns patterns, Filter start, Filter update) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            budget.enter();
            start.run(environment, in, path, (first, firstPath) -> {
                State state = new State(first, firstPath);
                source.values(environment, in, value -> {
                    budget.step();
                    patterns.match(environment, value, Reduction::ignore, (bound, inner) -> {
                        JsonNode old = state.value;
                        Path oldPath = state.path;
                        state.set(Json.NODES.nullNode(), Path.nowhere(path));
                        update.run(bound, old, oldPath, state::set);
                    });
                });
                output.emit(state.value, state.path);
            });
            budget.leave();
        }

        private static void ignore(JsonNode value, @Nullable Path path) {}
    }

    /** {@code foreach source as pattern (start; update; extract)}. */
    record Iteration(Filter source, Patterns patterns, Filter start, Filter update, Filter extract) implements Filter {
        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            Budget budget = environment.budget();
            budget.enter();
            start.run(environment, in, path, (first, firstPath) -> {
                State state = new State(first, firstPath);
                source.values(environment, in, value -> {
                    budget.step();
                    patterns.match(
                            environment,
                            value,
                            output,
                            (bound, inner) -> update.run(bound, state.value, state.path, (next, nextPath) -> {
                                budget.step();
                                state.set(next, nextPath);
                                extract.run(bound, next, nextPath, inner);
                            }));
                });
            });
            budget.leave();
        }
    }

    private static final class State {
        private JsonNode value;
        private @Nullable Path path;

        State(JsonNode value, @Nullable Path path) {
            this.value = value;
            this.path = path;
        }

        void set(JsonNode next, @Nullable Path nextPath) {
            value = next;
            path = nextPath;
        }
    }
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code def name(parameters): body; rest}. */
record Definition(Slot place, Filter rest) implements Filter {

    @Override
    public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
        rest.run(environment.mark(place), in, path, output);
    }

    /**
     * @param isValue with a dollar sign: evaluated before the call
     */
    record Parameter(String name, Slot slot, boolean isValue) {}

    /** A function that is defined in jq; it gets its body when that has been read, which may call it. */
    static final class Function {
        private final String name;
        private final @Nullable Slot place;
        private List<Parameter> parameters = List.of();
        private @Nullable Filter body;

        /**
         * @param place absent for a builtin one
         */
        Function(String name, @Nullable Slot place) {
            this.name = name;
            this.place = place;
        }

        void define(List<Parameter> itsParameters, Filter itsBody) {
            this.parameters = List.copyOf(itsParameters);
            this.body = itsBody;
        }

        boolean isDefined() {
            return body != null;
        }

        List<Parameter> parameters() {
            return parameters;
        }

        Filter body() {
            Filter defined = body;
            if (defined == null) {
                throw new IllegalStateException(name + " has no body");
            }
            return defined;
        }

        /** What the names in the body stand for, beside its parameters. */
        Environment home(Environment caller) {
            return place == null ? caller.root() : caller.at(place);
        }
    }
}

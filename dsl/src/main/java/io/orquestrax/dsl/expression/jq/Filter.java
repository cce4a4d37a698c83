package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of a program: makes any number of values of one. */
interface Filter {

    /**
     * @param path where the input was found; null where nobody asks for paths
     * @throws Failure which {@code try} can catch
     * @throws LimitException which nothing in a program can catch
     */
    void run(Environment environment, JsonNode in, @Nullable Path path, Output output);

    /** The values alone. */
    default void values(Environment environment, JsonNode in, Consumer<JsonNode> output) {
        run(environment, in, null, (value, path) -> output.accept(value));
    }

    /** Takes the results of a filter as they are made. */
    interface Output {

        /**
         * @param path null where nobody asks for paths
         */
        void emit(JsonNode value, @Nullable Path path);
    }
}

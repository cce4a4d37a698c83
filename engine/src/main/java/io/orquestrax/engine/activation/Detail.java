package io.orquestrax.engine.activation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What only activations of one kind of task have. */
public sealed interface Detail {

    /**
     * Of a {@code for}.
     *
     * @param size how many items there are
     * @param index of the iteration that runs, or ran last, from 0; -1 before the first
     */
    record Loop(int size, int index) implements Detail {}

    /**
     * Of a {@code fork}; its branches are the activations in it.
     *
     * @param compete whether the first branch to complete wins
     * @param size how many branches there are
     */
    record Fork(boolean compete, int size) implements Detail {}

    /**
     * Of a {@code listen}.
     *
     * @param types of the events that are waited for, as texts or patterns; empty for any
     * @param consumed how many events came
     * @param isSatisfied whether no more are waited for
     */
    record Listening(List<String> types, int consumed, boolean isSatisfied) implements Detail {
        public Listening {
            types = List.copyOf(types);
        }
    }

    /**
     * Of a {@code run} of another workflow.
     *
     * @param instance the child
     * @param version absent for the highest
     * @param awaited whether the task waits for its end
     */
    record Child(
            UUID instance,
            String namespace,
            String name,
            @Nullable String version,
            boolean awaited) implements Detail {}

    /** Of an {@code emit}. */
    record Emitted(JsonNode envelope) implements Detail {}
}

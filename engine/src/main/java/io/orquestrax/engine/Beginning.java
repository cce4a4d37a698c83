package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.plan.Task;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task whose input is ready, and which is about to begin.
 *
 * @param parent the activation that it stands in
 */
record Beginning(
        Task task, long activation, long parent, JsonNode raw, JsonNode input, Variables variables, Instant now) {

    /** Absent where it is the raw input, as events have it. */
    @Nullable
    JsonNode changedInput() {
        return Evaluation.changedOrNull(input, raw);
    }

    /** When the task's timeout is over. */
    @Nullable
    Instant deadline() {
        Duration timeout = Evaluation.durationOrNull("timeout", task.common().timeout(), input, variables);
        return timeout == null ? null : now.plus(timeout);
    }
}

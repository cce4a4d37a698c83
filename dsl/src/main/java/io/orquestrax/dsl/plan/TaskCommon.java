package io.orquestrax.dsl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * What every task has.
 *
 * @param condition the {@code if}
 * @param definition the task's own part of the document, what {@code $task.definition} shows
 * @param indexInList its position in the list that it stands in, from 0
 */
public record TaskCommon(
        String name,
        String pointer,
        int indexInList,
        @Nullable Expression condition,
        InputSpec input,
        OutputSpec output,
        ExportSpec export,
        @Nullable DurationSpec timeout,
        Directive then,
        JsonNode definition) {}

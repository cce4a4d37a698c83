package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;

/**
 * Publishes a CloudEvent.
 *
 * @param attributes an object with the attributes and {@code data} as the author gave them; what is missing of id,
 *     source, time and specversion the engine adds
 */
public record EmitTask(TaskCommon common, Template attributes) implements Task {

    @Override
    public String kind() {
        return "emit";
    }
}

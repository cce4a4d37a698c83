package io.orquestrax.server.partition;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.WorkflowError;

/** Whether an instance can be started as a message wants it. */
sealed interface StartResolution {

    /**
     * @param isFresh whether the instance has no history yet
     */
    record Found(Plan plan, boolean isFresh) implements StartResolution {}

    record Missing(WorkflowError error) implements StartResolution {}

    /** It cannot be said now. */
    record Unknown(RuntimeException cause) implements StartResolution {}
}

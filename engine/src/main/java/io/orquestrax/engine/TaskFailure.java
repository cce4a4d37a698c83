package io.orquestrax.engine;

import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import java.util.List;

/** A task that failed while it was decided on; becomes an event, never leaves the decision. */
final class TaskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient WorkflowError error;

    TaskFailure(WorkflowError error) {
        super(error.detail(), null, false, false);
        this.error = error;
    }

    static TaskFailure ofExpression(String where, ExpressionException cause) {
        return new TaskFailure(WorkflowError.of(
                StandardError.EXPRESSION,
                "The expression of \"" + where + "\" failed",
                String.valueOf(cause.getMessage())));
    }

    static TaskFailure ofValidation(String what, List<String> violations) {
        return new TaskFailure(WorkflowError.of(
                StandardError.VALIDATION, "The " + what + " does not match its schema", String.join("; ", violations)));
    }

    WorkflowError error() {
        return error;
    }
}

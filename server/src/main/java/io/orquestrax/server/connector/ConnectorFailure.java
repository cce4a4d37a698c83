package io.orquestrax.server.connector;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;

/** Work that ended with an error of the workflow. */
public final class ConnectorFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient WorkflowError error;

    public ConnectorFailure(WorkflowError error) {
        super(error.title() + ": " + error.detail(), null, false, false);
        this.error = error;
    }

    /**
     * @param title what kind of problem it is; the same words for every problem of the kind
     * @param detail one sentence of the form "Expected …, but …"
     */
    public static ConnectorFailure of(StandardError kind, String title, String detail) {
        return new ConnectorFailure(WorkflowError.of(kind, title, detail));
    }

    /** Nobody answered, or not with HTTP. */
    public static ConnectorFailure communication(String title, String detail) {
        return of(StandardError.COMMUNICATION, title, detail);
    }

    /**
     * @param status that was answered
     */
    public static ConnectorFailure communication(int status, String title, String detail) {
        return new ConnectorFailure(new WorkflowError(StandardError.COMMUNICATION.type(), status, null, title, detail));
    }

    public WorkflowError error() {
        return error;
    }
}

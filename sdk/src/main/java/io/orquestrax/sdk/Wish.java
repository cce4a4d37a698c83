package io.orquestrax.sdk;

import io.grpc.MethodDescriptor;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.v1.ActOnInstanceRequest;
import io.orquestrax.protocol.v1.Instance;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import java.util.function.Predicate;

/**
 * What may be asked of an instance twice without harm: where a connection is lost before the answer came, it is asked
 * again, and a refusal that only says that it is done already is none.
 *
 * @param refusal of one that is done already
 * @param isDone whether an instance is as it was to become
 */
record Wish(
        MethodDescriptor<ActOnInstanceRequest, Instance> method, ErrorCode refusal, Predicate<InstanceStatus> isDone) {
    static final Wish CANCEL = new Wish(
            WorkflowServiceGrpc.getCancelInstanceMethod(),
            ErrorCode.INSTANCE_CLOSED,
            status -> status == InstanceStatus.CANCELLED);

    /** To suspend a suspended instance is no mistake, so a refusal is always one of something else. */
    static final Wish SUSPEND =
            new Wish(WorkflowServiceGrpc.getSuspendInstanceMethod(), ErrorCode.INSTANCE_CLOSED, status -> false);

    static final Wish RESUME = new Wish(
            WorkflowServiceGrpc.getResumeInstanceMethod(),
            ErrorCode.INSTANCE_NOT_SUSPENDED,
            status -> status != InstanceStatus.SUSPENDED);
}

package io.orquestrax.engine.command;

/** What the sender of a command is told once its events are durable. */
public sealed interface Reply {

    /** Events followed, or the command asked for what is so already. */
    record Accepted() implements Reply {}

    /** Nothing changed. */
    record Refused(Refusal refusal) implements Reply {}

    /** Why a command changed nothing. */
    enum Refusal {
        INSTANCE_UNKNOWN,
        INSTANCE_CLOSED,
        INSTANCE_NOT_SUSPENDED,
        INSTANCE_NOT_FAULTED,
        /** The result is of an attempt that is over: late, or a second delivery. */
        JOB_STALE
    }

    Reply ACCEPTED = new Accepted();
}

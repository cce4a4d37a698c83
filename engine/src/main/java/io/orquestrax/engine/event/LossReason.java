package io.orquestrax.engine.event;

/** Why an attempt of a job is taken to be lost. */
public enum LossReason {
    /** Its worker went away and did not come back in time. */
    WORKER_GONE,
    /** Its lease ran out. */
    LEASE_OVER,
    /** It sent no heartbeat for too long. */
    HEARTBEAT_MISSED,
    /** Its worker handed it back unfinished. */
    HANDED_BACK,
    /** Nobody claimed it after the partition was recovered. */
    UNCLAIMED;

    /** Whether it speaks against the job itself, so that too many of them fault the task. */
    public boolean isCounted() {
        return switch (this) {
            case WORKER_GONE, LEASE_OVER, HEARTBEAT_MISSED -> true;
            case HANDED_BACK, UNCLAIMED -> false;
        };
    }
}

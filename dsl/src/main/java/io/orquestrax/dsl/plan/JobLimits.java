package io.orquestrax.dsl.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time limits and the priority that the author gives to the jobs of a call, under {@code metadata.job} of the task.
 *
 * @param waiting longest wait for a worker
 * @param running longest run of one attempt
 * @param heartbeat longest silence between two heartbeats of one attempt
 * @param total longest time over all attempts, from the first offer on
 * @param priority 0 to 9, higher first
 */
public record JobLimits(
        @Nullable Duration waiting,
        @Nullable Duration running,
        @Nullable Duration heartbeat,
        @Nullable Duration total,
        int priority) {
    public static final int DEFAULT_PRIORITY = 5;
    public static final JobLimits NONE = new JobLimits(null, null, null, null, DEFAULT_PRIORITY);
}

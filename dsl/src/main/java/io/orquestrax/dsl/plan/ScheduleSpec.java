package io.orquestrax.dsl.plan;

import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When instances start by themselves; each part that is there is a trigger of its own (DSL reference, Schedule).
 *
 * @param every from one start to the next, whatever became of the last
 * @param cron five fields
 * @param zone in which the cron expression is read; UTC where the author named none ({@code CRON_TZ=Europe/Paris } in
 *     front of the expression)
 * @param after from the end of one instance that this schedule started to the start of the next
 * @param on the events that start an instance, whose input is the array of what was read of them
 */
public record ScheduleSpec(
        @Nullable Duration every,
        @Nullable String cron,
        ZoneId zone,
        @Nullable Duration after,
        @Nullable EventStrategy on,
        EventRead read) {}

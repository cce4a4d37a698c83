package io.orquestrax.store.schedule;

import io.orquestrax.dsl.plan.DefinitionId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One trigger of a definition's schedule.
 *
 * @param definition what it starts: of the highest version that is deployed
 * @param expression what the document says of it: a duration (ISO 8601), five cron fields, or the events as JSON
 * @param zone in which the cron fields are read; absent for the other triggers
 * @param nextAt when it starts an instance next; absent where an event or the end of an instance decides that
 * @param state JSON text, what the trigger on events has consumed so far; absent where nothing
 * @param firedAt when it started an instance last
 * @param firedInstance the instance that it started last
 * @param firedCount how often it started an instance
 */
public record ScheduleRow(
        DefinitionId definition,
        String contentHash,
        Trigger trigger,
        String expression,
        @Nullable String zone,
        boolean paused,
        @Nullable Instant nextAt,
        @Nullable String state,
        @Nullable Instant firedAt,
        @Nullable UUID firedInstance,
        long firedCount) {

    /** One that never fired. */
    public static ScheduleRow of(
            DefinitionId definition,
            String contentHash,
            Trigger trigger,
            String expression,
            @Nullable String zone,
            @Nullable Instant nextAt) {
        return new ScheduleRow(definition, contentHash, trigger, expression, zone, false, nextAt, null, null, null, 0);
    }

    /** The same but for when it fires next. */
    public ScheduleRow at(@Nullable Instant next) {
        return changed(paused, next, state);
    }

    public ScheduleRow withPaused(boolean isPaused) {
        return changed(isPaused, nextAt, state);
    }

    /**
     * @param consumed JSON text
     */
    public ScheduleRow withState(@Nullable String consumed) {
        return changed(paused, nextAt, consumed);
    }

    private ScheduleRow changed(boolean isPaused, @Nullable Instant next, @Nullable String consumed) {
        return new ScheduleRow(
                definition,
                contentHash,
                trigger,
                expression,
                zone,
                isPaused,
                next,
                consumed,
                firedAt,
                firedInstance,
                firedCount);
    }
}

package io.orquestrax.dashboard.schedules;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.TimeText;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.server.schedule.ScheduledTrigger;
import io.orquestrax.store.schedule.ScheduleRow;
import io.orquestrax.store.schedule.Trigger;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One trigger in the list.
 *
 * @param isFirst whether it is the first of its definition, where the actions stand
 */
public record ScheduleLine(ScheduledTrigger trigger, boolean isFirst) {

    public DefinitionId definition() {
        return row().definition();
    }

    public String id() {
        return String.join(
                "-",
                "schedule",
                definition().namespace(),
                definition().name(),
                row().trigger().text());
    }

    public String words() {
        return trigger.words();
    }

    public boolean isPaused() {
        return row().paused();
    }

    public @Nullable Instant nextAt() {
        return trigger.nextAt();
    }

    /** All times that are known, for who wants more than the next. */
    public String upcoming() {
        return trigger.upcoming().stream().map(TimeText::exact).collect(Collectors.joining("\n"));
    }

    /** What it waits for where it has no time. */
    public String waitsFor() {
        return row().trigger() == Trigger.ON ? "when the events come" : "when the last one ends";
    }

    public @Nullable Instant firedAt() {
        return row().firedAt();
    }

    /** Null where it never fired. */
    public @Nullable String lastHref() {
        return row().firedInstance() == null ? null : Address.instance(row().firedInstance());
    }

    public long firedCount() {
        return row().firedCount();
    }

    public String actionHref(String action) {
        return Address.schedule(definition()) + "/" + action;
    }

    private ScheduleRow row() {
        return trigger.row();
    }
}

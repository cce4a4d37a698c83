package io.orquestrax.server.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.ScheduleSpec;
import io.orquestrax.store.schedule.ScheduleRow;
import io.orquestrax.store.schedule.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The triggers of a new version, from those that were in force.
 *
 * <p>A trigger of which the document says the same as before goes on as if nothing had happened. One that is new or
 * other begins anew, but {@code after} never starts a second instance beside the one whose end it waits for. What is
 * paused stays so.
 */
final class DeployedTriggers {
    private final Plan plan;
    private final Instant now;

    DeployedTriggers(Plan plan, Instant now) {
        this.plan = plan;
        this.now = now.truncatedTo(ChronoUnit.MICROS);
    }

    List<ScheduleRow> over(List<ScheduleRow> present) {
        boolean isPaused = present.stream().anyMatch(ScheduleRow::paused);
        return wanted().stream()
                .map(row -> present.stream()
                        .filter(before -> before.trigger() == row.trigger())
                        .findFirst()
                        .map(before -> over(before, row))
                        .orElse(row))
                .map(row -> row.withPaused(isPaused))
                .toList();
    }

    private ScheduleRow over(ScheduleRow before, ScheduleRow wanted) {
        boolean isSame =
                before.expression().equals(wanted.expression()) && Objects.equals(before.zone(), wanted.zone());
        return new ScheduleRow(
                wanted.definition(),
                wanted.contentHash(),
                wanted.trigger(),
                wanted.expression(),
                wanted.zone(),
                before.paused(),
                isSame ? before.nextAt() : nextAt(before, wanted),
                isSame ? before.state() : null,
                before.firedAt(),
                before.firedInstance(),
                before.firedCount());
    }

    private static @Nullable Instant nextAt(ScheduleRow before, ScheduleRow wanted) {
        Instant planned = before.nextAt();
        if (wanted.trigger() != Trigger.AFTER) {
            return wanted.nextAt();
        }
        if (planned == null || before.firedCount() == 0) {
            return planned;
        }
        return planned.minus(Duration.parse(before.expression())).plus(Duration.parse(wanted.expression()));
    }

    private List<ScheduleRow> wanted() {
        ScheduleSpec spec = plan.schedule();
        List<ScheduleRow> rows = new ArrayList<>();
        if (spec == null) {
            return rows;
        }
        Duration after = spec.after();
        if (after != null) {
            rows.add(row(Trigger.AFTER, after.toString(), null).at(now));
        }
        String cron = spec.cron();
        if (cron != null) {
            rows.add(fromNowOn(row(Trigger.CRON, cron, spec.zone().getId())));
        }
        Duration every = spec.every();
        if (every != null) {
            rows.add(fromNowOn(row(Trigger.EVERY, every.toString(), null)));
        }
        if (spec.on() != null) {
            rows.add(row(Trigger.ON, Json.write(events(spec)), null));
        }
        return rows;
    }

    private ScheduleRow fromNowOn(ScheduleRow row) {
        return row.at(Recurrence.of(row).orElseThrow().after(now).orElse(null));
    }

    private ObjectNode events(ScheduleSpec spec) {
        ObjectNode events = Json.NODES.objectNode();
        events.set("on", plan.document().at("/schedule/on"));
        return events.put("read", spec.read().name().toLowerCase(java.util.Locale.ROOT));
    }

    private ScheduleRow row(Trigger trigger, String expression, @Nullable String zone) {
        DefinitionId id = plan.id();
        return ScheduleRow.of(id, plan.contentHash(), trigger, expression, zone, null);
    }
}

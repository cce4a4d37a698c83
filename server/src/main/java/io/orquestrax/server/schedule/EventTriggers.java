package io.orquestrax.server.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.ScheduleSpec;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.engine.listen.EventTrigger;
import io.orquestrax.server.event.ScheduledEvents;
import io.orquestrax.store.cloudevent.CloudEvents;
import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.schedule.EventTriggerRows;
import io.orquestrax.store.schedule.ScheduleRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Offers events to the triggers that wait for them; what a trigger remembers stands in its row, under its lock. */
final class EventTriggers implements ScheduledEvents {
    private final Function<DefinitionId, Optional<Plan>> plans;
    private final StartMessages starts;
    private final Clock clock;

    EventTriggers(Function<DefinitionId, Optional<Plan>> plans, StartMessages starts, Clock clock) {
        this.plans = plans;
        this.starts = starts;
        this.clock = clock;
    }

    /** A paused trigger does not count the event. */
    @Override
    public List<MessageRow> offer(Connection connection, String namespace, String name, ReceivedEvent event)
            throws SQLException {
        ScheduleRow row = EventTriggerRows.lock(connection, namespace, name).orElse(null);
        EventTrigger trigger = row == null || row.paused() ? null : trigger(row);
        if (row == null || trigger == null) {
            return List.of();
        }
        Instant now = clock.instant();
        EventTrigger.Step step = trigger.offer(stateOf(row), event, now);
        if (!step.isConsumed()) {
            return List.of();
        }
        CloudEvents.consume(connection, event.position());
        JsonNode input = step.input();
        if (input != null) {
            MessageRow start = starts.of(row, now, "event " + event.position(), input);
            EventTriggerRows.fire(connection, row, textOf(step.state()), start, now);
            CloudEvents.take(connection, step.positions(), start.instance());
            return List.of(start);
        }
        EventTriggerRows.remember(connection, row, textOf(step.state()), now);
        return List.of();
    }

    private @Nullable EventTrigger trigger(ScheduleRow row) {
        ScheduleSpec spec = plans.apply(row.definition()).map(Plan::schedule).orElse(null);
        EventStrategy on = spec == null ? null : spec.on();
        return spec == null || on == null ? null : new EventTrigger(on, spec.read());
    }

    private static @Nullable JsonNode stateOf(ScheduleRow row) {
        String state = row.state();
        return state == null ? null : Json.readTrusted(state);
    }

    private static @Nullable String textOf(@Nullable JsonNode state) {
        return state == null ? null : Json.write(state);
    }
}

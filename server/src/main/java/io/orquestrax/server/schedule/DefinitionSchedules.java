package io.orquestrax.server.schedule;

import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.ScheduleSpec;
import io.orquestrax.engine.effect.SubscriptionKey;
import io.orquestrax.engine.listen.EventTrigger;
import io.orquestrax.server.event.ScheduledEvents;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.message.MessageCourier;
import io.orquestrax.server.partition.Lease;
import io.orquestrax.server.partition.PartitionAddresses;
import io.orquestrax.server.partition.PlanLookup;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.store.Page;
import io.orquestrax.store.schedule.ScheduleDeployment;
import io.orquestrax.store.schedule.ScheduleRow;
import io.orquestrax.store.schedule.Schedules;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The schedules of the deployed definitions: put into force, looked at, paused and resumed. */
public final class DefinitionSchedules {
    private final Schedules schedules;
    private final Clock clock;
    private final ChangeFeed feed;

    public DefinitionSchedules(Schedules schedules, Clock clock, ChangeFeed feed) {
        this.schedules = schedules;
        this.clock = clock;
        this.feed = feed;
    }

    /** What fires the triggers on this node. */
    public ScheduleRunner runner(UuidSequence ids, PartitionAddresses partitions, Lease lease, MessageCourier courier) {
        return new ScheduleRunner(
                schedules, new DueTriggers(new StartMessages(ids, partitions)), lease, clock, feed, courier);
    }

    /** What offers events to the triggers that wait for them. */
    public ScheduledEvents eventTriggers(UuidSequence ids, PartitionAddresses partitions, PlanLookup plans) {
        return new EventTriggers(
                id -> plans.find(id.namespace(), id.name(), id.version()), new StartMessages(ids, partitions), clock);
    }

    /** What is to be written with a new version of a definition; {@link #changed} afterwards. */
    public ScheduleDeployment deployment(Plan plan) {
        Instant now = clock.instant();
        return new ScheduleDeployment(plan.id(), new DeployedTriggers(plan, now)::over, events(plan), now);
    }

    private static List<SubscriptionKey> events(Plan plan) {
        ScheduleSpec spec = plan.schedule();
        EventStrategy on = spec == null ? null : spec.on();
        return spec == null || on == null ? List.of() : new EventTrigger(on, spec.read()).keys();
    }

    /** Triggers have changed in the database: watchers are told, and what is due soon is noticed. */
    public void changed() {
        feed.publish();
    }

    /** By namespace, name and trigger. */
    public Page<ScheduledTrigger> list(
            @Nullable String namespace, @Nullable String name, int pageSize, @Nullable String pageToken) {
        Page<ScheduleRow> page = schedules.list(namespace, name, pageSize, pageToken);
        return new Page<>(page.items().stream().map(ScheduledTrigger::of).toList(), page.nextToken());
    }

    /** The triggers of one definition; empty where it has no schedule. */
    public List<ScheduledTrigger> find(String namespace, String name) {
        return schedules.find(namespace, name).stream()
                .map(ScheduledTrigger::of)
                .toList();
    }

    /** Lets nothing start until it is resumed; empty where there is no schedule. */
    public List<ScheduledTrigger> pause(String namespace, String name) {
        return change(namespace, name, row -> row.withPaused(true));
    }

    /**
     * Lets it go on with what is to come: what fell into the pause is not made up for. Empty where there is no
     * schedule.
     */
    public List<ScheduledTrigger> resume(String namespace, String name) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return change(namespace, name, row -> row.paused() ? resumed(row, now) : row);
    }

    private static ScheduleRow resumed(ScheduleRow row, Instant now) {
        ScheduleRow going = row.withPaused(false);
        Instant due = row.nextAt();
        if (due == null || due.isAfter(now)) {
            return going;
        }
        // Without a time of its own, as of "after", it stays due: a chain must not end with a pause.
        return Recurrence.of(row)
                .map(recurrence ->
                        going.at(recurrence.after(recurrence.latest(due, now)).orElse(null)))
                .orElse(going);
    }

    private List<ScheduledTrigger> change(String namespace, String name, UnaryOperator<ScheduleRow> change) {
        List<ScheduleRow> changed = schedules.change(namespace, name, clock.instant(), change);
        feed.publish();
        return changed.stream().map(ScheduledTrigger::of).toList();
    }
}

package io.orquestrax.server.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.ScheduleSpec;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.partition.Lease;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.cloudevent.CloudEventRow;
import io.orquestrax.store.cloudevent.CloudEvents;
import io.orquestrax.store.cloudevent.EventFilter;
import io.orquestrax.store.cloudevent.EventQueries;
import io.orquestrax.store.cloudevent.StoredEvent;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.journal.JournalBatch;
import io.orquestrax.store.journal.JournalWriter;
import io.orquestrax.store.journal.ScheduleReport;
import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.partition.TestingClaims;
import io.orquestrax.store.schedule.ScheduleRow;
import io.orquestrax.store.schedule.Schedules;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Schedules on a database of their own, at a time that is moved by hand; what they start stays in the table message. */
final class TestingSchedules implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-01-10T12:00:00Z");

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final DefinitionSchedules schedules =
            new DefinitionSchedules(new Schedules(testing.database()), clock, new ChangeFeed("schedules"));
    private final ScheduleRunner runner = newRunner();
    private final Map<DefinitionId, Plan> plans = new ConcurrentHashMap<>();

    /** A start on its way. */
    record Start(UUID instance, String version, String trigger, String input) {}

    DefinitionSchedules schedules() {
        return schedules;
    }

    /** As of another node. */
    ScheduleRunner newRunner() {
        return newRunner(() -> true);
    }

    ScheduleRunner newRunner(Lease lease) {
        return schedules.runner(new UuidSequence(clock), instance -> 0, lease, messages -> {});
    }

    Definitions.Deployed deploy(String name, String version, @Nullable ScheduleSpec spec) {
        String source = """
                document: {dsl: '1.0.0', namespace: test, name: %s, version: '%s'}
                do: [{done: {set: {a: 1}}}]
                """.formatted(name, version);
        Plan plan = new DocumentCompiler().compile(source).plan().orElseThrow();
        return deploy(Plan.of(
                plan.id(),
                plan.contentHash(),
                plan.title(),
                plan.summary(),
                plan.document(),
                plan.input(),
                plan.output(),
                plan.timeout(),
                spec,
                plan.tasks()));
    }

    /**
     * @param on the strategy as YAML
     */
    Definitions.Deployed deployOn(String name, String version, String on) {
        String source = """
                document: {dsl: '1.0.0', namespace: test, name: %s, version: '%s'}
                schedule: {on: %s}
                do: [{done: {set: {a: 1}}}]
                """.formatted(name, version, on);
        return deploy(new DocumentCompiler().compile(source).plan().orElseThrow());
    }

    private Definitions.Deployed deploy(Plan plan) {
        plans.put(plan.id(), plan);
        StoredDefinition definition =
                new StoredDefinition(plan.id(), plan.contentHash(), "", "", "", now.get(), "tester");
        return new Definitions(testing.database()).deploy(definition, schedules.deployment(plan)::write);
    }

    /** As the delivery of an event does, in a transaction of its own. */
    List<MessageRow> deliver(String name, long position, String type, String data) {
        ObjectNode envelope = Json.NODES
                .objectNode()
                .put("specversion", "1.0")
                .put("id", "e" + position)
                .put("source", "/test")
                .put("type", type);
        envelope.set("data", Json.readTrusted(data));
        ReceivedEvent event = new ReceivedEvent(position, now.get().plusSeconds(60), envelope);
        EventTriggers triggers = new EventTriggers(
                id -> Optional.ofNullable(plans.get(id)), new StartMessages(new UuidSequence(clock), id -> 0), clock);
        return testing.database()
                .inTransaction("deliver", connection -> triggers.offer(connection, "test", name, event));
    }

    /** As they come in, at positions from 1. */
    void store(String... types) {
        List<CloudEventRow> rows = Arrays.stream(types)
                .map(type -> new CloudEventRow("/test", "stored-" + type, type, "{}", null, now.get()))
                .toList();
        new CloudEvents(testing.database()).store(rows);
    }

    List<Long> consumed() {
        return new EventQueries(testing.database())
                .list(EventFilter.ALL, 100, null).items().reversed().stream()
                        .filter(StoredEvent::isConsumed)
                        .map(StoredEvent::position)
                        .toList();
    }

    List<UUID> takers(long position) {
        return new EventQueries(testing.database()).takers(position, 100);
    }

    List<String> subscriptions(String name) {
        return testing.database().with("read the subscriptions", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT type FROM orquestrax.schedule_subscription WHERE name = ? ORDER BY ordinal")) {
                statement.setString(1, name);
                List<String> types = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        types.add(row.getString(1));
                    }
                }
                return types;
            }
        });
    }

    static ScheduleSpec every(String duration) {
        return new ScheduleSpec(Duration.parse(duration), null, ZoneOffset.UTC, null, null, EventRead.DATA);
    }

    static ScheduleSpec cron(String fields, String zone) {
        return new ScheduleSpec(null, fields, ZoneId.of(zone), null, null, EventRead.DATA);
    }

    static ScheduleSpec after(String duration) {
        return new ScheduleSpec(null, null, ZoneOffset.UTC, Duration.parse(duration), null, EventRead.DATA);
    }

    void pass(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    Instant now() {
        return now.get();
    }

    /** Moves the clock and lets the node look at it, as it would when it wakes. */
    void passAndFire(Duration duration) {
        pass(duration);
        runner.pass();
    }

    /** As the journal writes it with the end of the instance. */
    void closed(Start start, String name) {
        new PartitionRegister(testing.database()).initialize(1);
        try (JournalWriter writer = new JournalWriter(testing.database())) {
            Consequences end = Consequences.builder()
                    .report(new ScheduleReport("test", name, start.trigger(), start.instance(), now.get()))
                    .build();
            writer.write(new JournalBatch(TestingClaims.all(testing.database(), "node"), List.of(), List.of(), end));
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    ScheduleRow only(String name) {
        List<ScheduledTrigger> triggers = schedules.find("test", name);
        if (triggers.size() != 1) {
            throw new AssertionError("Expected one trigger, but got " + triggers);
        }
        return triggers.getFirst().row();
    }

    List<Start> starts() {
        return testing.database().with("read the starts", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                            SELECT instance_id, data->>'version', data->>'trigger', data->>'input'
                            FROM orquestrax.message WHERE kind = 'start' ORDER BY instance_id
                            """);
                    ResultSet row = statement.executeQuery()) {
                List<Start> starts = new ArrayList<>();
                while (row.next()) {
                    starts.add(new Start(
                            row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4)));
                }
                return starts;
            }
        });
    }

    static Instant timeOf(Start start) {
        return Instant.ofEpochMilli(start.instance().getMostSignificantBits() >>> 16);
    }

    @Override
    public void close() {
        testing.close();
    }
}

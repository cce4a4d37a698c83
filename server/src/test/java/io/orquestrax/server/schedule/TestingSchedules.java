package io.orquestrax.server.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.ScheduleSpec;
import io.orquestrax.server.live.ScheduleFeed;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.journal.JournalBatch;
import io.orquestrax.store.journal.JournalWriter;
import io.orquestrax.store.journal.ScheduleReport;
import io.orquestrax.store.partition.PartitionRegister;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Schedules on a database of their own, at a time that is moved by hand; what they start stays in the table message. */
final class TestingSchedules implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-01-10T12:00:00Z");

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final DefinitionSchedules schedules =
            new DefinitionSchedules(new Schedules(testing.database()), clock, new ScheduleFeed());
    private final ScheduleRunner runner = newRunner();

    /** A start on its way. */
    record Start(UUID instance, String version, String trigger, String input) {}

    DefinitionSchedules schedules() {
        return schedules;
    }

    /** As of another node. */
    ScheduleRunner newRunner() {
        return schedules.runner(new UuidSequence(clock), instance -> 0, messages -> {});
    }

    Definitions.Deployed deploy(String name, String version, @Nullable ScheduleSpec spec) {
        String source = """
                document: {dsl: '1.0.0', namespace: test, name: %s, version: '%s'}
                do: [{done: {set: {a: 1}}}]
                """.formatted(name, version);
        Plan plan = new DocumentCompiler().compile(source).plan().orElseThrow();
        Plan scheduled = Plan.of(
                plan.id(),
                plan.contentHash(),
                plan.title(),
                plan.summary(),
                document(spec),
                plan.input(),
                plan.output(),
                plan.timeout(),
                spec,
                plan.tasks());
        StoredDefinition definition =
                new StoredDefinition(plan.id(), plan.contentHash(), "", "", source, now.get(), "tester");
        return new Definitions(testing.database()).deploy(definition, schedules.deployment(scheduled)::write);
    }

    private static ObjectNode document(@Nullable ScheduleSpec spec) {
        ObjectNode document = Json.NODES.objectNode();
        if (spec != null && spec.on() != null) {
            document.putObject("schedule")
                    .putObject("on")
                    .put("strategy", spec.on().toString());
        }
        return document;
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
        PartitionRegister register = new PartitionRegister(testing.database());
        register.initialize(1);
        try (JournalWriter writer = new JournalWriter(testing.database())) {
            Consequences end = Consequences.builder()
                    .report(new ScheduleReport("test", name, start.trigger(), start.instance(), now.get()))
                    .build();
            writer.write(new JournalBatch(register.claimAll("node"), List.of(), List.of(), end));
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

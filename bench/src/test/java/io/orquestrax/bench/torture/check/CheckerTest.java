package io.orquestrax.bench.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.bench.torture.ground.FaultTrace;
import io.orquestrax.bench.torture.load.Acknowledgement;
import io.orquestrax.bench.torture.load.Acknowledgement.Act;
import io.orquestrax.bench.torture.load.ClientRecord.FailedCall;
import io.orquestrax.bench.torture.load.Scenario;
import io.orquestrax.bench.torture.plan.FaultKind;
import io.orquestrax.dsl.json.Json;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planted into a real database is found there by the queries of the checks, and nothing else is. */
class CheckerTest {
    private static final String CHILD = TestingHistory.ofChild().evidence().id();
    private static final String OTHER = "01a22ae7-8f55-70d3-b1e4-d1d9c8dc84c5";
    private static final String JOB = CHILD + ".1.1";

    /** After every commit of the test. */
    private static final Instant LATER = Instant.now().plusSeconds(3_600);

    @TempDir
    private static Path directory;

    private static TestingRun.Server server;

    private TestingRun run;

    @BeforeAll
    static void start() throws SQLException {
        server = TestingRun.Server.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        run = server.run().as(TestingRun.NODE);
    }

    @AfterEach
    void end() throws SQLException {
        run.close();
    }

    @Test
    void aRunWithoutFaultIsLeftAlone() throws SQLException {
        Findings findings = run.has(TestingHistory.ofChild())
                .executed(JOB)
                .told(started(CHILD, 0, LATER))
                .told(new Acknowledgement.Ended(
                        CHILD, "completed", Optional.of(Json.readTrusted("{\"number\":5}")), LATER))
                .does("INSERT INTO orquestrax.cloud_event (source, id, type, envelope, received_at)"
                        + " VALUES ('/torture', '7-1', 'torture.part', '{}', now())")
                .told(new Acknowledgement.Published("/torture", "7-1", LATER))
                .findings();

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.instances()).isEqualTo(1);
        assertThat(findings.events()).isEqualTo(6);
        assertThat(findings.refusedBatches()).isZero();
    }

    @Test
    void findsAnAcknowledgedInstanceThatIsMissing() throws SQLException {
        run.told(started(UUID.randomUUID().toString(), 0, LATER));

        assertThat(promises()).containsExactly(AcknowledgementRules.NOT_LOST);
    }

    @Test
    void findsAnAcknowledgedActOfWhichTheHistoryKnowsNothing() throws SQLException {
        good().told(new Acknowledgement.Acted(CHILD, Act.CANCEL, LATER));

        assertThat(promises()).containsExactly(AcknowledgementRules.NOT_LOST);
    }

    @Test
    void findsAnAnswerThatWasGivenBeforeTheCommit() throws SQLException {
        run.told(started(CHILD, 0, Instant.now().minusSeconds(60)));
        good();

        assertThat(promises()).containsExactly(AcknowledgementRules.AFTER_COMMIT);
    }

    @Test
    void findsAGapInAHistory() throws SQLException {
        good().forces("DELETE FROM orquestrax.event_r1 WHERE sequence = 4");

        assertThat(promises()).containsExactly(HistoryRules.GAPLESS);
    }

    @Test
    void findsAHistoryWhoseEndIsMissing() throws SQLException {
        good().forces("DELETE FROM orquestrax.event_r1 WHERE sequence = 6");

        assertThat(promises()).containsExactly(HistoryRules.WHOLE);
    }

    @Test
    void findsAWriterThatDoesNotOwnThePartition() throws SQLException {
        run.as("node-2.1").has(TestingHistory.ofChild()).executed(JOB);

        assertThat(promises()).containsExactly(Tenures.ONE_WRITER);
    }

    @Test
    void findsAnOwnerThatWritesAfterAnotherHasClaimed() throws SQLException {
        run.as("node-2.1")
                .does("UPDATE orquestrax.partition SET epoch = epoch + 1, owner = 'b'")
                .as(TestingRun.NODE);
        good();

        assertThat(promises()).containsExactly(Tenures.ONE_WRITER);
    }

    @Test
    void findsTwoOwnersInOneEpoch() throws SQLException {
        run.as("node-2.1").does("UPDATE orquestrax.partition SET owner = 'b'");

        assertThat(promises()).containsExactly(Tenures.RISING);
    }

    @Test
    void countsABatchThatTheDatabaseRefused() throws SQLException {
        good().as("node-2.1").does("INSERT INTO torture.writer VALUES (pg_current_xact_id()::xid, 'node-2.1')");

        assertThat(run.findings().violations()).isEmpty();
        assertThat(run.findings().refusedBatches()).isEqualTo(1);
    }

    @Test
    void findsAStepThatCountedTwice() throws SQLException {
        run.has(new TestingHistory(CHILD, "child")
                        .add("InstanceStarted", 0, 0)
                        .add("JobCreated", 1, 1)
                        .executed("TaskCompleted", 1, 1)
                        .executed("TaskCompleted", 1, 1)
                        .add("InstanceCompleted", 0, 0)
                        .output("{\"number\":5}"))
                .executed(JOB);

        assertThat(promises()).containsExactly(HistoryRules.ONCE);
    }

    @Test
    void findsAnEventThatWasConsumedTwice() throws SQLException {
        run.has(new TestingHistory(CHILD, "child")
                .add("InstanceStarted", 0, 0)
                .consumed(1, 7)
                .consumed(1, 7)
                .add("InstanceCompleted", 0, 0)
                .output("{\"number\":5}"));

        assertThat(promises()).containsExactly(HistoryRules.CONSUMED_ONCE);
    }

    @Test
    void findsAnInstanceThatIsStuckAsWhereItsTimerIsLost() throws SQLException {
        run.has(TestingHistory.ofChild().open()).executed(JOB);

        assertThat(promises()).containsExactly(EndRules.NOT_STUCK);
    }

    @Test
    void findsAnEndThatIsNotAsItMustBe() throws SQLException {
        run.has(TestingHistory.ofChild().output("{\"number\":6}")).executed(JOB);

        assertThat(promises()).containsExactly(EndRules.AS_COMPUTED);
    }

    @Test
    void findsAnEarlyTimer() throws SQLException {
        run.has(new TestingHistory(CHILD, "child")
                .add("InstanceStarted", 0, 0)
                .due("WaitStarted", 1, 50)
                .add("TaskCompleted", 1, 0)
                .add("InstanceCompleted", 0, 0)
                .output("{\"number\":5}"));

        assertThat(promises()).containsExactly(HistoryRules.NOT_EARLY);
    }

    @Test
    void findsMoreExecutionsThanAttempts() throws SQLException {
        good().executed(JOB);

        assertThat(promises()).containsExactly(ExecutionRules.NOT_MORE_OFTEN);
    }

    @Test
    void findsAnExecutionThatNobodyHasSeen() throws SQLException {
        run.has(TestingHistory.ofChild());

        assertThat(promises()).containsExactly(ExecutionRules.NOT_INVENTED);
    }

    @Test
    void findsTwoOpenInstancesOfOneKey() throws SQLException {
        good().has(another("child").evidence(30, 90));

        assertThat(promises()).containsExactly(KeyRules.UNIQUE);
    }

    @Test
    void findsATimeOfAScheduleThatFiredTwice() throws SQLException {
        for (String id : List.of("019b7775-f000-7000-8000-000000000001", "019b7775-f000-7000-8000-000000000002")) {
            run.has(new TestingHistory(id, "scheduled")
                    .add("InstanceStarted", 0, 0)
                    .add("InstanceCompleted", 0, 0)
                    .key(null)
                    .output("{\"scheduled\":true}"));
        }

        assertThat(promises()).containsExactly(ScheduleRules.ONCE);
    }

    @Test
    void findsAnAcceptedEventThatIsNotKept() throws SQLException {
        run.told(new Acknowledgement.Published("/torture", "7-1", LATER));

        assertThat(promises()).containsExactly(Checker.EVENT_KEPT);
    }

    @Test
    void findsWhatIsLeftOfAClosedInstance() throws SQLException {
        good().does("INSERT INTO orquestrax.message (id, partition, instance_id, kind, data) VALUES ('" + OTHER
                        + "', 0, '" + CHILD + "', 'cancel', '{}')")
                .does("INSERT INTO orquestrax.business_key (namespace, name, key, instance_id, fingerprint)"
                        + " VALUES ('torture', 'child', 'key', '" + CHILD + "', '')")
                .does("INSERT INTO orquestrax.subscription (instance_id, activation, ordinal, partition, type, shape,"
                        + " match, instance_started_at) VALUES ('" + CHILD + "', 1, 0, 0, 'part', '', '', now())")
                .forces("INSERT INTO orquestrax.event_r1 (instance_id, sequence, time, activation, attempt, type, data)"
                        + " VALUES ('" + OTHER + "', 1, now(), 0, 0, 'InstanceStarted', '{}')");

        assertThat(run.findings().violations())
                .allSatisfy(violation -> assertThat(violation.promise()).isEqualTo(Checker.NOTHING_LEFT))
                .extracting(Violation::detail)
                .containsExactlyInAnyOrder(
                        "event of no instance",
                        "message that nobody took",
                        "subscription of a closed instance",
                        "key of a closed instance");
    }

    @Test
    void findsACallThatFailedWhileNodesWereRestarted() throws SQLException {
        good().failed(
                        new FaultTrace(
                                1,
                                FaultKind.ROLLING_RESTART,
                                "all nodes",
                                true,
                                List.of(),
                                TestingHistory.BEGIN,
                                LATER,
                                true),
                        new FailedCall("start", "grpc-1", "unavailable", Instant.now(), Instant.now()));

        assertThat(promises()).containsExactly(FaultRules.UNNOTICED);
    }

    private TestingRun good() throws SQLException {
        return run.has(TestingHistory.ofChild()).executed(JOB);
    }

    private static TestingHistory another(String definition) {
        return new TestingHistory(OTHER, definition)
                .add("InstanceStarted", 0, 0)
                .add("InstanceCompleted", 0, 0)
                .output("{\"number\":5}");
    }

    private List<String> promises() throws SQLException {
        return run.findings().violations().stream()
                .map(Violation::promise)
                .distinct()
                .toList();
    }

    private static Acknowledgement.Started started(String instance, long number, Instant at) {
        return new Acknowledgement.Started(instance, Scenario.CHILD, number, "key", at);
    }
}

package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Command;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.server.partition.NotOwnedException;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeFailureTest {
    private static final String CALL = "- charge:\n    call: charge-card";

    private final TestingDatabase database = TestingPostgres.freshDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aFencedNodeAcceptsNothingAndRecoversWhatIsDurable() throws SQLException {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID id = node.start("shop").id();
            JobAssignment job = take(node);
            node.freeze(true);
            execute("UPDATE orquestrax.partition SET epoch = epoch + 1");

            CompletableFuture<?> late = node.partitions().ask(id, new Command.CancelInstance("late", null));

            node.freeze(false);
            assertThatThrownBy(late::join).hasCauseInstanceOf(NotOwnedException.class);
            TestingNode.until(
                    "all partitions are served again",
                    () -> node.partitions().serving().size() == 4);
            assertThat(node.instance(id).status()).isEqualTo(Status.RUNNING);
            assertThat(node.dispatcher()
                            .complete(job.id(), Json.readTrusted("1"))
                            .join())
                    .isTrue();
            assertThat(node.awaitClosed(id).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void aCallerOfALostPartitionOnlyWaits() throws SQLException {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID id = node.start("shop").id();
            execute("UPDATE orquestrax.partition SET epoch = epoch + 1");

            assertThat(node.orchestration()
                            .cancel(TestingNode.CALLER, id, null)
                            .join()
                            .status())
                    .isEqualTo(Status.CANCELLED);
        }
    }

    @Test
    void aTimerFiresInTimeThoughItsPartitionWasLost() throws SQLException {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("nap", "- nap:\n    wait: PT3S");
            UUID id = node.start("nap").id();
            execute("UPDATE orquestrax.partition SET epoch = epoch + 1");

            assertThat(node.awaitClosed(id).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void aRowThatTheDatabaseRefusesHurtsNoOtherInstance() throws SQLException {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            execute("ALTER TABLE orquestrax.event ADD CHECK (data::text NOT LIKE '%poison%')");
            CompletableFuture<?> poisoned =
                    node.orchestration().start(TestingNode.CALLER, TestingNode.request("shop", null, "\"poison\""));
            UUID sane = node.start("shop").id();

            TestingNode.assertCode(poisoned, ErrorCode.INTERNAL);
            assertThat(node.instance(sane).status()).isEqualTo(Status.RUNNING);
            assertThat(node.services().readiness().reasonNotReady()).isEmpty();

            JobAssignment job = take(node);
            TestingNode.until("its result is refused, and the node goes on", () -> {
                CompletableFuture<Boolean> sent = node.dispatcher().complete(job.id(), Json.readTrusted("1"));
                return sent.join();
            });
            assertThat(node.awaitClosed(sane).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void repliesOnlyAfterTheCommitAndRefusesWhatItCannotQueue() throws SQLException {
        Settings narrow =
                Settings.load(null, Map.of(), Map.of("partitions", "1", "partition.queue", "3", "journal.queue", "1"));
        try (TestingNode node = TestingNode.on(database, narrow)) {
            node.deploy("shop", CALL);
            UUID id = node.start("shop").id();
            List<CompletableFuture<InstanceRow>> suspensions = new ArrayList<>();
            try (Connection connection = database.database().connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE orquestrax.event IN ACCESS EXCLUSIVE MODE");
                TestingNode.until("the queue is full", () -> {
                    suspensions.add(node.orchestration().suspend(TestingNode.CALLER, id, null));
                    return suspensions.getLast().isCompletedExceptionally();
                });

                TestingNode.assertCode(suspensions.removeLast(), ErrorCode.OVERLOADED);
                assertThat(suspensions)
                        .isNotEmpty()
                        .allSatisfy(reply -> assertThat(reply).isNotDone());
                connection.rollback();
            }
            for (CompletableFuture<InstanceRow> suspension : suspensions) {
                assertThat(suspension.join().status()).isEqualTo(Status.SUSPENDED);
            }
        }
    }

    @Test
    void refusesStartsThatWouldWaitTooLongAndNothingElse() throws SQLException {
        Settings impatient = Settings.load(
                null, Map.of(), Map.of("partitions", "1", "partition.start-patience", "50ms", "journal.queue", "5000"));
        try (TestingNode node = TestingNode.on(database, impatient)) {
            node.deploy("shop", CALL);
            UUID id = node.start("shop").id();
            List<CompletableFuture<?>> started = new ArrayList<>();
            List<CompletableFuture<InstanceRow>> suspensions = new ArrayList<>();
            try (Connection connection = database.database().connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE orquestrax.event IN ACCESS EXCLUSIVE MODE");
                TestingNode.until("a start is refused", () -> {
                    started.add(
                            node.orchestration().start(TestingNode.CALLER, TestingNode.request("shop", null, "{}")));
                    return started.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
                });

                for (int count = 0; count < 20; count++) {
                    suspensions.add(node.orchestration().suspend(TestingNode.CALLER, id, null));
                }
                assertThat(suspensions).allSatisfy(reply -> assertThat(reply).isNotDone());
                connection.rollback();
            }
            assertThat(suspensions)
                    .allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(Status.SUSPENDED));
            // What was taken is begun, the rest was refused.
            Map<Boolean, List<CompletableFuture<?>>> taken = started.stream()
                    .collect(Collectors.partitioningBy(start ->
                            start.handle((reply, failure) -> failure == null).join()));
            assertThat(taken.get(true)).isNotEmpty();
            assertThat(taken.get(false))
                    .isNotEmpty()
                    .allSatisfy(refused -> TestingNode.assertCode(refused, ErrorCode.OVERLOADED));
            TestingNode.until("starts are taken again", () -> {
                CompletableFuture<?> again =
                        node.orchestration().start(TestingNode.CALLER, TestingNode.request("shop", null, "{}"));
                return again.handle((reply, failure) -> failure == null).join();
            });
        }
    }

    @Test
    void readsWhatIsDueTogether() throws SQLException {
        int count = 60;
        List<UUID> naps = new ArrayList<>();
        Settings one = Settings.load(null, Map.of(), Map.of("partitions", "1"));
        try (TestingNode node = TestingNode.on(database, one)) {
            node.deploy("nap", "- nap:\n    wait: PT1H\n- last:\n    set:\n      number: 1");
            for (int number = 0; number < count; number++) {
                naps.add(node.start("nap").id());
            }
            TestingNode.until("they left memory", () -> node.meter("orquestrax.instances.resident") == 0);
        }
        // As if the hour were over, in the rows and in the histories.
        execute("ALTER TABLE orquestrax.event DISABLE TRIGGER USER");
        execute("UPDATE orquestrax.event SET data = jsonb_set(data::jsonb, '{due}',"
                + " to_jsonb(to_char(now() AT TIME ZONE 'UTC' - interval '1 s', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')))::json"
                + " WHERE type = 'WaitStarted'");
        execute("ALTER TABLE orquestrax.event ENABLE TRIGGER USER");
        execute("UPDATE orquestrax.instance SET wake_at = now() - interval '1 s'");
        try (TestingNode node = TestingNode.on(database, one)) {
            for (UUID nap : naps) {
                assertThat(node.awaitClosed(nap).status()).isEqualTo(Status.COMPLETED);
            }
            TestingNode.until("none stays in memory", () -> node.meter("orquestrax.instances.resident") == 0);
            assertThat(node.count("orquestrax.histories.together")).isGreaterThanOrEqualTo(count - 1);
        }
    }

    @Test
    void aDecisionThatFailsHurtsNoOtherInstance() throws SQLException {
        UUID broken;
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("lost", CALL);
            broken = node.start("lost").id();
        }
        execute("DELETE FROM orquestrax.definition WHERE name = 'lost'");
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);

            TestingNode.assertCode(node.orchestration().cancel(TestingNode.CALLER, broken, null), ErrorCode.INTERNAL);

            for (int count = 0; count < 8; count++) {
                UUID sane = node.start("shop").id();
                assertThat(node.orchestration()
                                .cancel(TestingNode.CALLER, sane, null)
                                .join()
                                .status())
                        .isEqualTo(Status.CANCELLED);
            }
            assertThat(node.instance(broken).status()).isEqualTo(Status.RUNNING);
        }
    }

    private static JobAssignment take(TestingNode node) {
        return node.dispatcher()
                .activate(Set.of("charge-card"), "till", 1, Duration.ofSeconds(20), Duration.ofMinutes(1))
                .join()
                .getFirst();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

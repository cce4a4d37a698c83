package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.server.message.MessageCodec;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.message.Messages;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesOnNodeTest {
    private static final String QUICK = "- done:\n    set:\n      got: ${ . }";
    private static final String CALL = "- charge:\n    call: charge-card";

    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final Messages messages = new Messages(database.database());
    private final UuidSequence ids = new UuidSequence(Clock.systemUTC());

    /** Of messages that no sweep finds, since they seem to be younger than it looks for. */
    private final UuidSequence unswept = new UuidSequence(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void startsAnInstanceForASchedule() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("quick", QUICK);
            MessageRow start = start(node, ids.next(), "quick", new Origin.Schedule("cron"));

            write(List.of(start));
            node.partitions().deliver(List.of(start));

            awaitNoMessages(node);
            InstanceRow row = node.instance(start.instance());
            assertThat(row.status()).isEqualTo(Status.COMPLETED);
            assertThat(row.output()).isEqualTo("{\"got\":{\"n\":1.10}}");
            assertThat(row.origin()).isEqualTo(new Origin.Schedule("cron"));
        }
    }

    @Test
    void startsItOnceHoweverOftenItIsHandedOver() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("quick", QUICK);
            UUID instance = ids.next();
            MessageRow start = start(node, instance, "quick", new Origin.Schedule("cron"));
            MessageRow again = start(node, instance, "quick", new Origin.Schedule("cron"));

            write(List.of(start, again));
            node.partitions().deliver(List.of(start, start, again));
            awaitNoMessages(node);
            node.partitions().deliver(List.of(start, again));

            assertThat(node.awaitClosed(instance).status()).isEqualTo(Status.COMPLETED);
            assertThat(new InstanceQueries(database.database()).history(instance, 0, 100))
                    .extracting(event -> event.sequence() + event.type())
                    .containsExactly("1InstanceStarted", "2TaskCompleted", "3InstanceCompleted");
        }
    }

    @Test
    void handlesWhatWasNeverHandedOverAfterARestart() {
        List<MessageRow> starts = new ArrayList<>();
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("quick", QUICK);
            // More than a page of each partition.
            for (int count = 0; count < 2_500; count++) {
                starts.add(start(node, ids.next(), "quick", new Origin.Schedule("every")));
            }
            write(starts);
        }

        try (TestingNode node = TestingNode.on(database)) {
            awaitNoMessages(node);
            for (MessageRow start : starts) {
                assertThat(node.instance(start.instance()).status()).isEqualTo(Status.COMPLETED);
            }
        }
    }

    @Test
    void tellsTheParentOfADefinitionThatIsMissing() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID parent = node.start("shop").id();
            MessageRow start = start(node, ids.next(), "nowhere", new Origin.Parent(parent, 1, true));

            write(List.of(start));
            node.partitions().deliver(List.of(start));

            awaitNoMessages(node);
            TestingNode.until(
                    "the parent is told", () -> node.count("orquestrax.commands", "type", "ReportChild") == 1);
            assertThat(node.instance(parent).status()).isEqualTo(Status.RUNNING);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCancelDoesNotOvertakeItsStart(boolean isHandedOverInOrder) {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID parent = node.start("shop").id();
            UUID child = ids.next();
            MessageRow start = start(node, unswept.next(), child, "shop", new Origin.Parent(parent, 1, true));
            MessageRow cancel = MessageCodec.row(
                    unswept.next(),
                    node.partitions().partitionOf(child),
                    child,
                    new MessageContent.Cancel("workflow:" + parent, "no more"));

            write(List.of(start, cancel));
            node.partitions().deliver(isHandedOverInOrder ? List.of(start, cancel) : List.of(cancel, start));

            awaitNoMessages(node);
            InstanceRow row = node.instance(child);
            assertThat(row.status()).isEqualTo(Status.CANCELLED);
            assertThat(row.origin()).isEqualTo(new Origin.Parent(parent, 1, true));
        }
    }

    @Test
    void aCancelThatIsHandedOverAloneBringsItsStart() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID instance = ids.next();
            MessageRow start = start(node, unswept.next(), instance, "shop", new Origin.Schedule("cron"));
            MessageRow cancel = MessageCodec.row(
                    unswept.next(), start.partition(), instance, new MessageContent.Cancel("workflow:x", null));

            write(List.of(start, cancel));
            node.partitions().deliver(List.of(cancel));

            awaitNoMessages(node);
            assertThat(node.instance(instance).status()).isEqualTo(Status.CANCELLED);
        }
    }

    @Test
    void aMessageThatTheDatabaseDidNotLetBeHandledIsTriedAgain() {
        try (TestingNode node = TestingNode.on(database)) {
            node.deploy("shop", CALL);
            UUID instance = node.start("shop").id();
            MessageRow event = MessageCodec.row(
                    unswept.next(),
                    node.partitions().partitionOf(instance),
                    instance,
                    new MessageContent.EventArrived(1));
            execute("ALTER TABLE orquestrax.cloud_event RENAME TO cloud_event_away");

            write(List.of(event));
            node.partitions().deliver(List.of(event));
            node.partitions().ask(instance, new Command.WakeInstance()).join();

            assertThat(messages.page(event.partition(), Messages.BEGINNING, 1)).hasSize(1);
            execute("ALTER TABLE orquestrax.cloud_event_away RENAME TO cloud_event");
            awaitNoMessages(node);
        }
    }

    @Test
    void aMessageForNobodyGoes() {
        try (TestingNode node = TestingNode.on(database)) {
            UUID nobody = ids.next();
            MessageRow cancel = MessageCodec.row(
                    ids.next(),
                    node.partitions().partitionOf(nobody),
                    nobody,
                    new MessageContent.Cancel("workflow:x", null));

            write(List.of(cancel));
            node.partitions().deliver(List.of(cancel));

            awaitNoMessages(node);
        }
    }

    private MessageRow start(TestingNode node, UUID instance, String name, Origin origin) {
        return start(node, ids.next(), instance, name, origin);
    }

    private static MessageRow start(TestingNode node, UUID id, UUID instance, String name, Origin origin) {
        return MessageCodec.row(
                id,
                node.partitions().partitionOf(instance),
                instance,
                new MessageContent.Start("test", name, null, Json.readTrusted("{\"n\":1.10}"), "tester", origin));
    }

    private void write(List<MessageRow> rows) {
        database.database().with("write messages", connection -> {
            Messages.insert(connection, rows);
            return true;
        });
    }

    private void execute(String sql) {
        database.database().with("change a table", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private void awaitNoMessages(TestingNode node) {
        TestingNode.until("no message is left", () -> {
            for (int partition = 0; partition < node.partitions().count(); partition++) {
                if (!messages.page(partition, Messages.BEGINNING, 1).isEmpty()) {
                    return false;
                }
            }
            return true;
        });
    }
}

package io.orquestrax.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.store.StoreException;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.partition.PartitionRegister;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeSessionTest {
    private static final Duration STALE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final NodeRegister register = new NodeRegister(testing.database());
    private final List<NodeSession> sessions = new ArrayList<>();

    @BeforeEach
    void makePartitions() {
        new PartitionRegister(testing.database()).initialize(3);
    }

    @AfterEach
    void close() {
        sessions.forEach(NodeSession::close);
        testing.close();
    }

    @Test
    void nodesSeeEachOtherWithWhatTheySaid() {
        NodeSession a = joined("a", 1);
        joined("b", 1);

        ClusterReading reading = a.beat("a", "{\"workers\":7}");

        assertThat(reading.isRegistered()).isTrue();
        assertThat(reading.nodes()).extracting(node -> node.row().id()).containsExactly("a", "b");
        assertThat(reading.nodes().getLast()).satisfies(node -> {
            assertThat(node.row()).isEqualTo(row("b", 1));
            assertThat(node.isLocked()).isTrue();
            assertThat(node.silence()).isLessThan(PATIENCE);
        });
        assertThat(a.beat("a", "{}").nodes().getFirst().load()).isEqualTo("{\"workers\":7}");
    }

    @Test
    void aLockIsGoneWithItsConnection() throws Exception {
        NodeSession a = joined("a", 1);
        NodeSession b = joined("b", 1);

        b.close();

        Waiting.until(
                "the lock is gone", () -> !a.beat("a", "{}").nodes().getLast().isLocked());
        assertThat(a.beat("a", "{}").nodes()).hasSize(2);
    }

    @Test
    void answersWhoOwnsWhatAlsoWhereTheOwnerHasNoRow() {
        NodeSession a = joined("a", 1);
        execute("UPDATE orquestrax.partition SET owner = 'a', epoch = 5 WHERE id = 0");
        execute("UPDATE orquestrax.partition SET owner = 'gone', epoch = 6 WHERE id = 2");

        assertThat(a.beat("a", "{}").partitions())
                .containsExactlyInAnyOrder(
                        new ClusterReading.Owned(0, "a", 5),
                        new ClusterReading.Owned(1, null, 0),
                        new ClusterReading.Owned(2, "gone", 6));
    }

    @Test
    void hearsOfEveryChangeOfTheOthers() throws Exception {
        NodeSession a = joined("a", 1);
        drain(a);

        joined("b", 1);
        assertThat(a.awaitNews(PATIENCE)).isTrue();
        register.changeState("b", "draining");
        assertThat(a.awaitNews(PATIENCE)).isTrue();
        register.remove("b");
        assertThat(a.awaitNews(PATIENCE)).isTrue();

        assertThat(a.beat("a", "{}").nodes()).hasSize(1);
        assertThat(a.awaitNews(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void saysThatItsRowIsGoneAndTakesItBackWithoutChangingItsState() {
        NodeSession a = joined("a", 1);
        register.remove("a");
        assertThat(a.beat("a", "{}").isRegistered()).isFalse();

        assertThat(a.register("testing", row("a", 1), STALE)).isEqualTo(new Registration.Accepted());
        register.serve("a", "peer:1", "api:1");
        register.changeState("a", "draining");
        NodeSession again = open();
        again.register("testing", row("a", 1), STALE);

        assertThat(again.beat("a", "{}").nodes().getFirst()).satisfies(node -> {
            assertThat(node.isLocked()).isTrue();
            assertThat(node.row().state()).isEqualTo("draining");
            assertThat(node.row().apiAddress()).isEqualTo("api:1");
        });
    }

    @Test
    void aLeavingNodeStaysOne() {
        NodeSession a = joined("a", 1);
        register.changeState("a", "leaving");
        register.changeState("a", "serving");

        assertThat(a.beat("a", "{}").nodes().getFirst().row().state()).isEqualTo("leaving");
    }

    @Test
    void aDatabaseBelongsToOneCluster() {
        joined("a", 1);

        assertThat(open().register("another", row("b", 1), STALE)).isEqualTo(new Registration.OtherCluster("testing"));
    }

    @Test
    void onlyNeighbouringLevelsRunSideBySide() {
        joined("b", 2);
        assertThat(open().register("testing", row("a", 1), STALE)).isEqualTo(new Registration.Accepted());
        assertThat(open().register("testing", row("c", 3), STALE)).isEqualTo(new Registration.OtherLevel(row("a", 1)));
        register.remove("a");
        assertThat(open().register("testing", row("c", 3), STALE)).isEqualTo(new Registration.Accepted());
    }

    @Test
    void aNodeThatIsGoneRefusesNobody() throws Exception {
        joined("old", 1).close();
        assertThat(open().register("testing", row("new", 3), STALE)).isInstanceOf(Registration.OtherLevel.class);

        execute("UPDATE orquestrax.node SET heartbeat_at = heartbeat_at - interval '1 minute'");

        NodeSession fresh = open();
        Waiting.until(
                "it is accepted",
                () -> fresh.register("testing", row("new", 3), STALE).equals(new Registration.Accepted()));
    }

    @Test
    void forgetsOnlyTheDeadThatOwnNothing() throws Exception {
        NodeSession a = joined("a", 1);
        joined("frozen", 1);
        joined("dead", 1).close();
        joined("owner", 1).close();
        execute("UPDATE orquestrax.partition SET owner = 'owner' WHERE id = 1");
        execute("UPDATE orquestrax.node SET heartbeat_at = heartbeat_at - interval '5 minutes' WHERE id <> 'a'");

        Waiting.until("the dead one is forgotten", () -> {
            a.removeDead(Duration.ofMinutes(1));
            return a.beat("a", "{}").nodes().stream()
                    .noneMatch(node -> node.row().id().equals("dead"));
        });
        assertThat(a.beat("a", "{}").nodes())
                .extracting(node -> node.row().id())
                .containsExactly("a", "frozen", "owner");
    }

    @Test
    void saysThatItsConnectionIsBroken() throws Exception {
        NodeSession a = joined("a", 1);
        drain(a);
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%beat%'");

        assertThatThrownBy(() -> a.awaitNews(PATIENCE)).isInstanceOf(StoreException.class);
    }

    private static void drain(NodeSession session) throws Exception {
        session.beat("a", "{}");
        Waiting.until("nothing is heard any more", () -> !session.awaitNews(Duration.ofMillis(50)));
    }

    private NodeSession joined(String id, int level) {
        NodeSession session = open();
        assertThat(session.register("testing", row(id, level), STALE)).isEqualTo(new Registration.Accepted());
        return session;
    }

    private NodeSession open() {
        NodeSession session = NodeSession.open(testing.database(), PATIENCE);
        sessions.add(session);
        return session;
    }

    private static NodeRow row(String id, int level) {
        return new NodeRow(id, "1.2.3", level, "peer", "api", "serving", Instant.parse("2026-01-02T03:04:05Z"));
    }

    private void execute(String sql) {
        testing.database().with("execute " + sql, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}

package io.orquestrax.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.server.live.ClusterFeed;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.Database;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.Waiting;
import io.orquestrax.store.node.NodeRegister;
import io.orquestrax.store.partition.PartitionRegister;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final int PARTITIONS = 4;
    private static final ClusterSettings SETTINGS =
            new ClusterSettings("testing", Duration.ofMillis(100), Duration.ofMillis(1500));

    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final List<Membership> memberships = new ArrayList<>();

    MembershipTest() {
        new PartitionRegister(testing.database()).initialize(PARTITIONS);
    }

    @AfterEach
    void close() {
        memberships.forEach(Membership::close);
        testing.close();
    }

    @Test
    void knowsTheOthersWhenItHasJoined() {
        joined("a");

        Membership b = joined("b");

        assertThat(b.current().members()).extracting(Roster.Member::id).containsExactly("a", "b");
        assertThat(b.current().partitions()).hasSize(PARTITIONS);
        assertThat(b.current().self()).isEqualTo("b");
        assertThat(b.reasonAway()).isEmpty();
    }

    @Test
    void hearsOfAddressesStatesAndLoadsOfTheOthers() throws Exception {
        Membership a = joined("a");
        Membership b = joined("b");

        b.serve("peers:1", "api:1");

        Waiting.until("it is known", () -> member(a, "b").state() == Roster.State.SERVING);
        assertThat(member(a, "b").peerAddress()).isEqualTo("peers:1");
        assertThat(member(a, "b").apiAddress()).isEqualTo("api:1");
        Waiting.until("its load is known", () -> member(a, "b").load().equals(load("b")));
    }

    @Test
    void aNodeThatSaysGoodbyeIsGone() throws Exception {
        Membership a = joined("a");
        Membership b = joined("b");
        Waiting.until("it is known", () -> a.current().member("b").isPresent());

        b.close();

        Waiting.until("it is gone", () -> a.current().member("b").isEmpty());
    }

    @Test
    void aNodeWhoseConnectionIsGoneIsDeadAtOnce() throws Exception {
        Membership a = joined("a");
        Membership b = joined("b");
        Waiting.until("it is known", () -> a.current().member("b").isPresent());

        b.die();
        // Its silence is no evidence then, however long the test takes: the lock is.
        testing.database().with("have a heartbeat that stays fresh", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("UPDATE orquestrax.node"
                        + " SET heartbeat_at = clock_timestamp() + interval '1 hour' WHERE id = 'b'");
            }
        });
        a.doubt();

        Waiting.until("it is dead", () -> !member(a, "b").isAlive());
    }

    @Test
    void aNodeThatIsSilentIsDeadUntilItSpeaksAgain() throws Exception {
        Membership a = joined("a");
        Membership b = joined("b");
        Waiting.until("it is known", () -> a.current().member("b").isPresent());

        b.freeze(true);
        Waiting.until("it is dead", () -> !member(a, "b").isAlive());
        assertThat(member(a, "b").silence()).isGreaterThanOrEqualTo(SETTINGS.staleAfter());

        b.freeze(false);
        Waiting.until("it lives again", () -> member(a, "b").isAlive());
    }

    @Test
    void registersAgainWhenItsRowIsGone() throws Exception {
        Membership a = joined("a");
        joined("b");
        Waiting.until("it is known", () -> a.current().member("b").isPresent());

        new NodeRegister(testing.database()).remove("b");

        Waiting.until(
                "its row is back",
                () -> testing.database().with("count the rows", connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement
                                .executeQuery("SELECT FROM orquestrax.node WHERE id = 'b'")
                                .next();
                    }
                }));
    }

    @Test
    void nobodyIsTakenForDeadWhenAllConnectionsBreakAtOnce() throws Exception {
        Membership a = joined("a");
        Membership b = joined("b");
        Waiting.until("both know both", () -> a.current().members().size() == 2);
        Set<String> dead = ConcurrentHashMap.newKeySet();
        AtomicInteger readings = new AtomicInteger();
        for (Membership one : memberships) {
            var _ = one.watch(roster -> {
                readings.incrementAndGet();
                roster.members().stream()
                        .filter(member -> !member.isAlive())
                        .map(Roster.Member::id)
                        .forEach(dead::add);
            });
        }

        breakAllConnections();
        Waiting.until(
                "it is noticed",
                () -> a.reasonAway().isPresent() || b.reasonAway().isPresent());
        Waiting.until(
                "both are back",
                () -> a.reasonAway().isEmpty() && b.reasonAway().isEmpty());
        int before = readings.get();
        Waiting.until("they have read again for a while", () -> readings.get() > before + 40);

        assertThat(dead).isEmpty();
    }

    @Test
    void judgesAgainOneStaleTimeAfterItsConnectionBroke() throws Exception {
        Membership a = joined("a");
        Membership b = joined("b");
        Waiting.until("both know both", () -> a.current().members().size() == 2);
        breakAllConnections();
        Waiting.until("it is noticed", () -> a.reasonAway().isPresent());

        b.die();

        Waiting.until("it is dead", () -> !member(a, "b").isAlive());
    }

    @Test
    void isRefusedByTheDatabaseOfAnotherCluster() {
        joined("a");
        Membership stranger =
                membership("b", new ClusterSettings("mine", Duration.ofSeconds(1), Duration.ofSeconds(3)), 1);

        assertThatThrownBy(stranger::join)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("cluster.name")
                .hasMessageContaining("Set cluster.name=testing");
    }

    @Test
    void isRefusedByANodeThatIsTooOld() {
        joined("a");
        Membership tooNew = membership("b", SETTINGS, 3);

        assertThatThrownBy(tooNew::join)
                .isInstanceOf(IncompatibleNodeException.class)
                .hasMessageContaining("level 3")
                .hasMessageContaining("node a")
                .hasMessageContaining("stop that node first");
        memberships.remove(tooNew);
        Membership neighbour = membership("c", SETTINGS, 2);
        neighbour.join();
        assertThat(neighbour.current().members()).hasSize(2);
    }

    @Test
    void aStartWaitsForItsConnection() throws Exception {
        ShySockets.Shyness shyness = new ShySockets.Shyness();
        try (Database shy = Database.open(shyness.url(testing.url()), testing.user(), testing.password(), 2)) {
            Membership a = membership("a", SETTINGS, 1, shy);
            shyness.begin();
            Thread start = Thread.ofVirtual().start(a::join);
            Waiting.until("it was refused again", () -> shyness.refusals() > 3);

            shyness.end();

            start.join();
            assertThat(a.current().members()).extracting(Roster.Member::id).containsExactly("a");
        }
    }

    @Test
    void aStartDoesNotWaitForEver() {
        ShySockets.Shyness shyness = new ShySockets.Shyness();
        try (Database shy = Database.open(shyness.url(testing.url()), testing.user(), testing.password(), 2)) {
            Membership a = membership("a", SETTINGS, 1, shy);
            shyness.begin();

            assertThatThrownBy(() -> a.join(Duration.ofMillis(300)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("open the node's connection");
            shyness.end();
        }
    }

    @Test
    void tellsWatchersOfEachReading() throws Exception {
        Membership a = joined("a");
        List<Roster> told = new CopyOnWriteArrayList<>();
        var _ = a.watch(told::add);

        joined("b");

        Waiting.until(
                "it is told", () -> !told.isEmpty() && told.getLast().members().size() == 2);
    }

    @Test
    void aNodeMustNotBeTakenForDeadBetweenTwoHeartbeats() {
        Settings hasty = Settings.load(null, Map.of(), Map.of("cluster.heartbeat", "2s"));

        assertThatThrownBy(() -> ClusterSettings.of(hasty))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("cluster.stale-after");
    }

    private static Roster.Member member(Membership membership, String id) {
        return membership.current().member(id).orElseThrow();
    }

    private static Roster.Load load(String id) {
        return new Roster.Load(id.length(), 2, 3, 4, 5);
    }

    private Membership joined(String id) {
        Membership membership = membership(id, SETTINGS, 1);
        membership.join();
        return membership;
    }

    private Membership membership(String id, ClusterSettings settings, int level) {
        return membership(id, settings, level, testing.database());
    }

    private Membership membership(String id, ClusterSettings settings, int level, Database database) {
        Membership membership = new Membership(
                database,
                new NodeCard(id, "test", level, Instant.EPOCH),
                settings,
                PARTITIONS,
                () -> load(id),
                new ClusterFeed());
        memberships.add(membership);
        return membership;
    }

    private void breakAllConnections() {
        testing.database().with("break all connections", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
        });
    }
}

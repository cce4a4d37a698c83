package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node says to the database that has nothing to do: all of it is named here, and in docs/performance.md. */
class IdleNodeTest {
    private static final int USUAL_PARTITIONS = 16;

    /** A heartbeat of a node that is alone. */
    private static final Periodic HEARTBEAT =
            new Periodic("the heartbeat", "UPDATE orquestrax.node", Duration.ofSeconds(2), false);

    private static final Periodic WAKE_UPS =
            new Periodic("a partition's wake-ups", "wake_at < $2", Duration.ofSeconds(295), true);

    private static final List<Periodic> LOOKS = List.of(
            new Periodic("a look for messages", "SELECT own.partition", Duration.ofSeconds(10), true),
            new Periodic("a look for schedules", "min(next_at)", Duration.ofSeconds(10), true),
            new Periodic("a look for events to deliver", "WHERE NOT delivered", Duration.ofSeconds(15), true),
            new Periodic("a look for look-backs", "NOT subscription.looked_back", Duration.ofSeconds(15), true),
            new Periodic(
                    "the removal of old events", "DELETE FROM orquestrax.cloud_event", Duration.ofSeconds(30), true));

    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final HeardStatements heard = new HeardStatements();

    /**
     * One kind of statement.
     *
     * @param part of its text that no other one has
     * @param isPooled whether the pool may look at the connection before
     */
    private record Periodic(String what, String part, Duration period, boolean isPooled) {
        /** That can fall into a time, whatever its phase is. */
        long most(Duration time, int copies) {
            return copies * (time.dividedBy(period) + 1);
        }

        double perSecond() {
            return 1.0 / period.toSeconds();
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anIdleNodeLeavesTheDatabaseAlone() {
        try (TestingNode node = TestingNode.on(heard.heard(database))) {
            node.deploy("nap", "- nap:\n    wait: PT1H");
            node.start("nap");
            TestingNode.until("it left memory", () -> node.meter("orquestrax.instances.resident") == 0);
            // Its last heartbeats tell what it owns.
            pass(Duration.ofSeconds(3));
            heard.forget();
            long begin = System.nanoTime();
            pass(Duration.ofSeconds(11));
            Map<String, Integer> said = heard.counts();
            Duration watched = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(said.keySet()).as("what is heard").anyMatch(text -> text.contains(HEARTBEAT.part()));
            long pooled = 0;
            for (Periodic each : all()) {
                int partitions = each == WAKE_UPS ? node.partitions().count() : 1;
                int count = count(said, each);
                assertThat(count).as(each.what()).isLessThanOrEqualTo(Math.toIntExact(each.most(watched, partitions)));
                pooled += each.isPooled() ? count : 0;
            }
            assertThat(said.getOrDefault("", 0)).as("looks of the pool").isLessThanOrEqualTo(Math.toIntExact(pooled));
            assertThat(said.keySet()).as("what is heard").allMatch(IdleNodeTest::isKnown);
        }
    }

    @Test
    void thatIsLessThanAStatementASecond() {
        double sum = all().stream()
                .mapToDouble(each -> each.perSecond() * (each == WAKE_UPS ? USUAL_PARTITIONS : 1))
                .sum();

        assertThat(sum).isLessThanOrEqualTo(1);
    }

    private static List<Periodic> all() {
        List<Periodic> all = new ArrayList<>(LOOKS);
        all.add(HEARTBEAT);
        all.add(WAKE_UPS);
        return all;
    }

    private static boolean isKnown(String text) {
        return text.isEmpty() || all().stream().anyMatch(each -> text.contains(each.part()));
    }

    private static int count(Map<String, Integer> said, Periodic periodic) {
        return said.entrySet().stream()
                .filter(entry -> entry.getKey().contains(periodic.part()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}

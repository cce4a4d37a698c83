package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node does before it takes partitions from others. */
class RehearsalOnNodesTest {
    private static final String JOURNAL = "INSERT INTO orquestrax.event";
    private static final String CLAIM = "SET epoch = p.epoch + 1";

    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final HeardStatements heard = new HeardStatements();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyInstanceOfARehearsalComesToItsEnd() {
        try (TestingNode serving = TestingNode.on(database, settings());
                TestingNode joining = TestingNode.joining(database, settings())) {
            assertThat(joining.rehearse()).isEqualTo(400);

            assertThat(joining.partitions().serving()).isEmpty();
            assertThat(serving.partitions().serving()).hasSize(4);
            joining.serve();
            TestingNode.until(
                    "it has its share", () -> joining.partitions().serving().size() == 2);
        }
    }

    @Test
    void aRehearsalLeavesNothingBehind() {
        try (TestingNode serving = TestingNode.on(database, settings());
                TestingNode joining = TestingNode.joining(database, settings())) {
            serving.deploy("nap", "- nap:\n    wait: PT1H");
            serving.start("nap");
            Map<String, List<String>> before = rows();

            assertThat(joining.rehearse()).isPositive();

            assertThat(rows()).isEqualTo(before);
            assertThat(joining.dispatcher().counts().queued()).isZero();
            assertThat(joining.services().meters().find("orquestrax.commands").counters())
                    .isEmpty();
            assertThat(joining.count("orquestrax.journal.events")).isZero();
        }
    }

    @Test
    void whatIsComingIsReadBefore() {
        try (TestingNode serving = TestingNode.on(database, settings());
                TestingNode joining = TestingNode.joining(heard.heard(database), settings())) {
            serving.deploy("shop", "- charge:\n    call: charge-card");
            for (int number = 0; number < 20; number++) {
                serving.start("shop");
            }
            heard.forget();

            assertThat(joining.rehearse()).isPositive();

            assertThat(heard.inOrder())
                    .anyMatch(text -> text.contains("source") && text.contains("orquestrax.definition"));
            heard.forget();
            joining.serve();
            TestingNode.until(
                    "it has its share", () -> joining.partitions().serving().size() == 2);
        }
    }

    @Test
    void aNodeThatStartsRehearsesBeforeItClaims() {
        try (TestingNode _ = TestingNode.on(database, settings());
                Node _ = Node.start(on(heard.heard(database)), List.of())) {
            TestingNode.until("it took its share", () -> first(CLAIM) >= 0);

            assertThat(first(JOURNAL)).isNotNegative().isLessThan(first(CLAIM));
        }
    }

    @Test
    void aNodeThatIsAloneTakesAllAtOnce() {
        try (Node _ = Node.start(on(heard.heard(database)), List.of())) {
            assertThat(first(CLAIM)).isNotNegative();
            assertThat(first(JOURNAL)).isNegative();
        }
    }

    @Test
    void aNodeBesideWhichNobodyServesAnyMoreTakesAllAtOnce() {
        try (TestingNode serving = TestingNode.on(database, settings());
                TestingNode joining = TestingNode.joining(database, settings())) {
            serving.kill();
            TestingNode.until(
                    "its end is known",
                    () -> joining.cluster().nodes().stream()
                            .anyMatch(node -> node.id().equals(serving.id())
                                    && node.state().equals("lost")));

            assertThat(joining.rehearse()).isZero();

            joining.serve();
            TestingNode.until("it has all", () -> joining.partitions().serving().size() == 4);
        }
    }

    @Test
    void aNodeThatIsToldNotToDoesNotRehearse() {
        try (TestingNode _ = TestingNode.on(database, settings());
                TestingNode joining = TestingNode.joining(database, settings("cluster.rehearsal", "0s"))) {
            assertThat(joining.rehearse()).isZero();
        }
    }

    private int first(String part) {
        List<String> all = heard.inOrder();
        for (int index = 0; index < all.size(); index++) {
            if (all.get(index).contains(part)) {
                return index;
            }
        }
        return -1;
    }

    /** Of all tables but that of the nodes, whose heartbeats go on. */
    private Map<String, List<String>> rows() {
        return database.database().with("read all tables", connection -> {
            Map<String, List<String>> rows = new LinkedHashMap<>();
            try (Statement statement = connection.createStatement()) {
                List<String> tables = new ArrayList<>();
                try (ResultSet names = statement.executeQuery("SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = 'orquestrax' AND table_type = 'BASE TABLE' AND table_name <> 'node'"
                        + " ORDER BY table_name")) {
                    while (names.next()) {
                        tables.add(names.getString(1));
                    }
                }
                for (String table : tables) {
                    List<String> ofTable = new ArrayList<>();
                    try (ResultSet row =
                            statement.executeQuery("SELECT t::text FROM orquestrax.\"" + table + "\" t ORDER BY 1")) {
                        while (row.next()) {
                            ofTable.add(row.getString(1));
                        }
                    }
                    rows.put(table, ofTable);
                }
            }
            return rows;
        });
    }

    private static Settings settings(String... more) {
        Map<String, String> flags = new HashMap<>(Map.of("partitions", "4", "cluster.rehearsal", "10m"));
        for (int index = 0; index < more.length; index += 2) {
            flags.put(more[index], more[index + 1]);
        }
        return Settings.load(null, Map.of(), flags);
    }

    private static Settings on(TestingDatabase testing) {
        return settings(
                "port",
                "0",
                "postgres.url",
                testing.url(),
                "postgres.user",
                testing.user(),
                "postgres.password",
                testing.password());
    }
}

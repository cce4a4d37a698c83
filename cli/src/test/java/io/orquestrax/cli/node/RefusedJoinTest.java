package io.orquestrax.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.cli.Orquestrax;
import io.orquestrax.cli.testing.TestingTerminal;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code orquestrax server} says and ends with where its node may not join. */
class RefusedJoinTest {
    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final TestingTerminal terminal = new TestingTerminal(
            "",
            Map.of("ORQUESTRAX_POSTGRES_USER", database.user(), "ORQUESTRAX_POSTGRES_PASSWORD", database.password()));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theDatabaseOfAnotherClusterIsAWrongSetting() {
        execute("INSERT INTO orquestrax.cluster (name) VALUES ('blue')");

        assertThat(server("--set", "cluster.name=green")).as(terminal.err()).isEqualTo(2);

        assertThat(terminal.err())
                .contains(
                        "Expected cluster.name to be \"blue\", the cluster that this database belongs to, but it is"
                                + " \"green\"",
                        "Set cluster.name=blue, or give the other cluster a database of its own.")
                .doesNotContain("Exception", "\tat ");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void aClusterOfAnotherTimeCannotBeJoined() {
        execute(
                "INSERT INTO orquestrax.node (id, lock_key, version, level, peer_address, api_address, state, started_at,"
                        + " heartbeat_at, load) VALUES ('future', 1, '9.9.9', 99, 'there:1', 'there:2', 'serving', now(),"
                        + " now() + interval '1 hour', '{}')");

        assertThat(server()).as(terminal.err()).isEqualTo(3);

        assertThat(terminal.err())
                .contains(
                        "Expected the nodes of one cluster to differ by one level at most",
                        "node future (version 9.9.9, at there:2) has level 99",
                        "Upgrade the nodes through the levels between, or stop that node first.")
                .doesNotContain("Exception", "\tat ");
        assertThat(terminal.out()).isEmpty();
    }

    private int server(String... more) {
        String[] arguments = new String[4 + more.length + 1];
        arguments[0] = "server";
        arguments[1] = "--postgres";
        arguments[2] = database.url();
        arguments[3] = "--port";
        arguments[4] = "0";
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Orquestrax.run(terminal.terminal(), arguments);
    }

    private void execute(String sql) {
        database.database().with("prepare the database", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}

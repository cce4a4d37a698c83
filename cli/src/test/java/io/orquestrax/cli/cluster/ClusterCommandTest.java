package io.orquestrax.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.cli.Orquestrax;
import io.orquestrax.cli.testing.TestingApi;
import io.orquestrax.cli.testing.TestingTerminal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterCommandTest {
    private final TestingApi api = new TestingApi();
    private final TestingTerminal terminal = new TestingTerminal("", Map.of("ORQUESTRAX_SERVER", api.address()));

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void listsNodesWithTheirStateAndSaysWhatNobodyOwns() {
        api.on("GET /cluster", cluster(node("aaaa", "serving", "0,1"), node("bbbb", "lost", "2,3")));

        assertThat(Orquestrax.run(terminal.terminal(), "cluster")).isZero();

        assertThat(terminal.out())
                .contains("aaaa  serving  2           5 running, 7 queued  3")
                .contains("bbbb  lost")
                .contains("2 of 4 partitions have no owner");
    }

    @Test
    void drainReturnsWhenTheNodeIsEmpty() {
        api.on(
                "POST /cluster/nodes/aa:drain",
                cluster(node("aaaa", "draining", "0"), node("bbbb", "serving", "1,2,3")));
        api.on("GET /cluster", cluster(node("aaaa", "draining", ""), node("bbbb", "serving", "0,1,2,3")));

        assertThat(Orquestrax.run(terminal.terminal(), "cluster", "drain", "aa"))
                .isZero();

        assertThat(api.requests()).containsExactly("POST /cluster/nodes/aa:drain {}", "GET /cluster");
        assertThat(terminal.out()).contains("aaaa  draining  0");
    }

    @Test
    void drainSaysWhatIsLeftWhereTheNodeDoesNotEmpty() {
        String stuck = cluster(node("aaaa", "draining", "0"), node("bbbb", "serving", "1,2,3"));
        api.on("POST /cluster/nodes/aaaa:drain", stuck);
        api.on("GET /cluster", stuck);

        assertThat(Orquestrax.run(terminal.terminal(), "cluster", "drain", "aaaa", "--timeout", "PT0S"))
                .isEqualTo(3);

        assertThat(terminal.err()).contains("still owns 1 partition");
    }

    @Test
    void drainDoesNotWaitWhereItIsNotAsked() {
        api.on("POST /cluster/nodes/aaaa:drain", cluster(node("aaaa", "draining", "0,1,2,3")));

        assertThat(Orquestrax.run(terminal.terminal(), "cluster", "drain", "aaaa", "--no-wait"))
                .isZero();

        assertThat(api.requests()).containsExactly("POST /cluster/nodes/aaaa:drain {}");
    }

    @Test
    void serveTakesADrainBack() {
        api.on("POST /cluster/nodes/aaaa:serve", cluster(node("aaaa", "serving", "0,1,2,3")));

        assertThat(Orquestrax.run(terminal.terminal(), "cluster", "serve", "aaaa"))
                .isZero();

        assertThat(terminal.out()).contains("aaaa  serving  4");
    }

    private static String cluster(String... nodes) {
        return "{\"name\":\"test\",\"self\":\"aaaa\",\"partitions\":4,\"nodes\":[" + String.join(",", nodes) + "]}";
    }

    private static String node(String id, String state, String partitions) {
        return "{\"id\":\"" + id + "\",\"version\":\"0.1.0\",\"address\":\"127.0.0.1:8080\",\"state\":\"" + state
                + "\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"partitions\":[" + partitions + "],"
                + "\"load\":{\"runningJobs\":5,\"queuedJobs\":7,\"workers\":3}}";
    }
}

package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dashboard.cluster.ClusterPage;
import io.orquestrax.dashboard.cluster.NodeLine;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.server.orchestration.ClusterView;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterPageTest {

    @Test
    void saysWhichPartitionsNobodyAliveOwns() {
        ClusterPage page = ClusterPage.of(SampleCluster.of("cluster-lost"), SampleData.NOW);

        assertThat(page.sentence()).isEqualTo("production: 1 node, 16 partitions; 1 node lost");
        assertThat(page.notice()).extracting(Notice::title).isEqualTo("Partitions 0–7 have no owner");
        assertThat(page.nodes().getFirst().state()).isEqualTo("lost");
        assertThat(page.nodes().getFirst().lastSeen())
                .isEqualTo(SampleData.NOW.minusSeconds(7).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void saysNothingWhereEverythingIsServed() {
        ClusterPage page = ClusterPage.of(SampleCluster.of("cluster"), SampleData.NOW);

        assertThat(page.notice()).isNull();
        assertThat(page.nodes()).extracting(NodeLine::ranges).containsExactly("0–4, 9, 12, 14", "5–8, 10–11, 13", "15");
    }

    @Test
    void offersToDrainOnlyWhereAnotherNodeServes() {
        ClusterPage several = ClusterPage.of(SampleCluster.of("cluster"), SampleData.NOW);
        ClusterPage one = ClusterPage.of(SampleCluster.of("cluster-one"), SampleData.NOW);

        assertThat(several.nodes())
                .extracting(NodeLine::actionHref)
                .containsExactly(
                        "/cluster/" + SampleCluster.FIRST + "/drain",
                        "/cluster/" + SampleCluster.SECOND + "/drain",
                        "/cluster/" + SampleCluster.THIRD + "/serve");
        assertThat(one.nodes()).extracting(NodeLine::actionHref).containsExactly((String) null);
    }

    @Test
    void countsOnePartitionInTheSingular() {
        ClusterView view = new ClusterView(
                "small",
                SampleCluster.FIRST,
                List.of(SampleCluster.node(SampleCluster.FIRST, "joining", 1, List.of(), 0)),
                SampleCluster.partitions(1, null));

        ClusterPage page = ClusterPage.of(view, SampleData.NOW);

        assertThat(page.sentence()).isEqualTo("small: 1 node, 1 partition");
        assertThat(page.notice()).extracting(Notice::title).isEqualTo("Partition 0 has no owner");
    }
}

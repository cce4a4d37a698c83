package io.orquestrax.dashboard;

import io.orquestrax.server.orchestration.ClusterView;
import io.orquestrax.server.orchestration.ClusterView.LoadView;
import io.orquestrax.server.orchestration.ClusterView.NodeView;
import io.orquestrax.server.orchestration.ClusterView.PartitionView;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clusters to look at. */
final class SampleCluster {
    static final String FIRST = "4cd8acec-6d2f-458c-9c4f-2c7c24d501cb";
    static final String SECOND = "a07b3f51-1c9e-4c52-8a65-0b7d3e4f9a10";
    static final String THIRD = "e91c7d02-55ab-4f0e-b6c1-7f20d9c8b3a4";

    private SampleCluster() {}

    static ClusterView of(String kind) {
        return switch (kind) {
            case "cluster" ->
                new ClusterView(
                        "production",
                        FIRST,
                        List.of(
                                node(FIRST, "serving", 86_400, List.of(0, 1, 2, 3, 4, 9, 12, 14), 1),
                                node(SECOND, "serving", 86_000, List.of(5, 6, 7, 8, 10, 11, 13), 2),
                                node(THIRD, "draining", 7200, List.of(15), 3)),
                        partitions(16, FIRST));
            case "cluster-lost" ->
                new ClusterView(
                        "production",
                        SECOND,
                        List.of(
                                node(SECOND, "serving", 86_000, List.of(8, 9, 10, 11, 12, 13, 14, 15), 2),
                                node(FIRST, "lost", 86_400, List.of(0, 1, 2, 3, 4, 5, 6, 7), 1)),
                        partitions(16, SECOND));
            default ->
                new ClusterView(
                        "orquestrax",
                        FIRST,
                        List.of(node(
                                FIRST,
                                "serving",
                                40,
                                IntStream.range(0, 16).boxed().toList(),
                                0)),
                        partitions(16, FIRST));
        };
    }

    static NodeView node(String id, String state, int ageSeconds, List<Integer> partitions, int load) {
        return new NodeView(
                id,
                "0.1.0",
                "orchestrator-" + id.charAt(0) + ".internal:8080",
                SampleData.NOW.minusSeconds(ageSeconds),
                state,
                state.equals("lost") ? Duration.ofSeconds(7) : Duration.ofMillis(120),
                partitions,
                new LoadView(1204 * load, 12 * load, 3 * load, 40 * load, 31 * load));
    }

    static List<PartitionView> partitions(int count, @Nullable String owner) {
        return IntStream.range(0, count)
                .mapToObj(number -> new PartitionView(number, owner, 3 + number % 4))
                .toList();
    }
}

package io.orquestrax.server.api;

import static io.orquestrax.server.api.TestingNode.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.orquestrax.protocol.cluster.v1.Frame;
import io.orquestrax.protocol.cluster.v1.PeerServiceGrpc;
import io.orquestrax.protocol.v1.Cluster;
import io.orquestrax.protocol.v1.DrainNodeRequest;
import io.orquestrax.protocol.v1.GetClusterRequest;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.Waiting;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterEndToEndTest {
    private final TestingDatabase database = TestingPostgres.freshDatabase();
    private final TestingNode first = new TestingNode(database);
    private final TestingNode second = new TestingNode(database);

    @AfterEach
    void close() {
        second.close();
        first.close();
    }

    @Test
    void eachNodeShowsAllWithTheirAddressesAndPartitions() throws Exception {
        awaitShares(8, 8);

        JsonNode seenByFirst = json(first.get("/api/v1/cluster"));
        Cluster seenBySecond = second.grpc().getCluster(GetClusterRequest.getDefaultInstance());

        assertThat(seenByFirst.path("name").asText()).isEqualTo("orquestrax");
        assertThat(seenByFirst.path("self").asText()).isNotEqualTo(seenBySecond.getSelf());
        assertThat(seenByFirst.path("ownership")).hasSize(16);
        assertThat(seenByFirst.path("nodes")).hasSize(2).allSatisfy(node -> {
            assertThat(node.path("state").asText()).isEqualTo("serving");
            assertThat(node.path("address").asText()).startsWith("127.0.0.1:");
        });
        assertThat(seenBySecond.getNodesList())
                .extracting(node -> node.getAddress())
                .containsExactlyInAnyOrderElementsOf(seenByFirst.path("nodes").findValuesAsText("address"));
        assertThat(seenBySecond.getOwnershipList())
                .allSatisfy(owned -> assertThat(owned.getEpoch()).isPositive());
    }

    @Test
    void aNodeIsDrainedOverRestAndServesAgainOverGrpc() throws Exception {
        awaitShares(8, 8);
        String id = json(second.get("/api/v1/cluster")).path("self").asText();

        HttpResponse<String> drained = first.post("/api/v1/cluster/nodes/" + id + ":drain", "{}");

        assertThat(drained.statusCode()).isEqualTo(200);
        assertThat(json(drained).path("nodes")).anySatisfy(node -> {
            assertThat(node.path("id").asText()).isEqualTo(id);
            assertThat(node.path("state").asText()).isEqualTo("draining");
        });
        awaitShares(16, 0);
        assertThat(second.get("/readyz").statusCode()).isEqualTo(200);
        second.grpc()
                .drainNode(DrainNodeRequest.newBuilder()
                        .setNodeId(id.substring(0, 30))
                        .setUndo(true)
                        .build());
        awaitShares(8, 8);
        first.grpc().drainNode(DrainNodeRequest.newBuilder().setNodeId(id).build());
        awaitShares(16, 0);
        assertThat(first.post("/api/v1/cluster/nodes/" + id + ":serve").statusCode())
                .isEqualTo(200);
        awaitShares(8, 8);
    }

    @Test
    void aCallerOfOneNodeNeedNotKnowOfTheOther() throws Exception {
        awaitShares(8, 8);
        first.postYaml("/api/v1/definitions", TestingNode.WAITER);
        List<String> ids = new ArrayList<>();
        List<CompletableFuture<HttpResponse<Stream<String>>>> streams = new ArrayList<>();
        // Some of them at either node.
        for (int number = 0; number < 12; number++) {
            String id = first.start("waiter");
            ids.add(id);
            streams.add(first.client()
                    .sendAsync(
                            first.request("/api/v1/instances/" + id + "/events").build(),
                            HttpResponse.BodyHandlers.ofLines()));
        }
        streams.forEach(CompletableFuture::join);

        for (String id : ids) {
            assertThat(json(second.post("/api/v1/instances/" + id + ":cancel", "{}"))
                            .path("status")
                            .asText())
                    .isEqualTo("cancelled");
            assertThat(first.get("/api/v1/instances/" + id + "/result?wait=PT30S")
                            .statusCode())
                    .isEqualTo(200);
        }

        for (CompletableFuture<HttpResponse<Stream<String>>> stream : streams) {
            assertThat(stream.join().body().toList())
                    .anyMatch(line -> line.contains("\"cancelled\""))
                    .contains("event: closed");
        }
    }

    @Test
    void thePortForClientsTakesNoLinks() {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();

        first.grpc(PeerServiceGrpc.PeerServiceStub.class).link(new StreamObserver<>() {
            @Override
            public void onNext(Frame frame) {
                refused.complete(new AssertionError("Expected no answer, but got " + frame));
            }

            @Override
            public void onError(Throwable failure) {
                refused.complete(failure);
            }

            @Override
            public void onCompleted() {
                refused.complete(new AssertionError("Expected no answer"));
            }
        });

        assertThat(Status.fromThrowable(refused.orTimeout(20, TimeUnit.SECONDS).join())
                        .getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void saysWhichNodeCannotBeDrained() {
        HttpResponse<String> unknown = first.post("/api/v1/cluster/nodes/nobody:drain", "{}");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).path("code").asText()).isEqualTo("node-not-found");
        assertThatThrownBy(() -> first.grpc()
                        .drainNode(DrainNodeRequest.newBuilder()
                                .setNodeId("nobody")
                                .build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("NOT_FOUND");
    }

    private void awaitShares(int ofFirst, int ofSecond) throws Exception {
        Waiting.until(
                "the shares are " + ofFirst + " and " + ofSecond,
                () -> share(first, first) == ofFirst
                        && share(second, second) == ofSecond
                        && share(first, second) == ofSecond);
    }

    private static int share(TestingNode asked, TestingNode node) {
        String id = json(node.get("/api/v1/cluster")).path("self").asText();
        for (JsonNode one : json(asked.get("/api/v1/cluster")).path("nodes")) {
            if (one.path("id").asText().equals(id)) {
                return one.path("partitions").size();
            }
        }
        return -1;
    }
}

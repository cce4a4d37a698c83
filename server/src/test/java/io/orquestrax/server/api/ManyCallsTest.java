package io.orquestrax.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.orquestrax.protocol.v1.AwaitInstanceRequest;
import io.orquestrax.protocol.v1.DefinitionRef;
import io.orquestrax.protocol.v1.DeployDefinitionRequest;
import io.orquestrax.protocol.v1.GetInstanceRequest;
import io.orquestrax.protocol.v1.Instance;
import io.orquestrax.protocol.v1.StartInstanceRequest;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc.WorkflowServiceFutureStub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Very many calls on one connection. */
class ManyCallsTest {
    private static final int CALLS = 1500;

    @Test
    void thoseThatAreGivenUpDoNotCostTheOthersTheirConnection() throws Exception {
        try (TestingNode node = new TestingNode()) {
            WorkflowServiceBlockingStub stub = node.grpc();
            WorkflowServiceFutureStub calls = node.grpc(WorkflowServiceFutureStub.class);
            var _ = stub.deployDefinition(DeployDefinitionRequest.newBuilder()
                    .setSource(ByteString.copyFromUtf8(TestingNode.WAITER))
                    .build());
            Instance waiter = stub.startInstance(StartInstanceRequest.newBuilder()
                    .setDefinition(
                            DefinitionRef.newBuilder().setNamespace("shop").setName("waiter"))
                    .build());
            AwaitInstanceRequest request = AwaitInstanceRequest.newBuilder()
                    .setId(waiter.getId())
                    .setWait(Duration.newBuilder().setSeconds(2))
                    .build();
            List<ListenableFuture<Instance>> givenUp = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                givenUp.add(calls.awaitInstance(request));
            }
            ListenableFuture<Instance> other = calls.awaitInstance(request);
            // After all of them: they have been sent.
            assertThat(stub.getInstance(GetInstanceRequest.newBuilder()
                                    .setId(waiter.getId())
                                    .build())
                            .getId())
                    .isEqualTo(waiter.getId());

            givenUp.forEach(call -> call.cancel(true));

            assertThat(other.get(30, TimeUnit.SECONDS).getId()).isEqualTo(waiter.getId());
        }
    }
}

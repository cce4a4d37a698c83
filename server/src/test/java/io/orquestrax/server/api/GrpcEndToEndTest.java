package io.orquestrax.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.v1.ActOnInstanceRequest;
import io.orquestrax.protocol.v1.AwaitInstanceRequest;
import io.orquestrax.protocol.v1.DefinitionRef;
import io.orquestrax.protocol.v1.DeployDefinitionRequest;
import io.orquestrax.protocol.v1.DeployDefinitionResponse;
import io.orquestrax.protocol.v1.GetClusterRequest;
import io.orquestrax.protocol.v1.GetDefinitionRequest;
import io.orquestrax.protocol.v1.GetHistoryRequest;
import io.orquestrax.protocol.v1.GetHistoryResponse;
import io.orquestrax.protocol.v1.GetInstanceRequest;
import io.orquestrax.protocol.v1.Instance;
import io.orquestrax.protocol.v1.ListActivationsRequest;
import io.orquestrax.protocol.v1.ListDefinitionsRequest;
import io.orquestrax.protocol.v1.ListInstancesRequest;
import io.orquestrax.protocol.v1.ListWorkersRequest;
import io.orquestrax.protocol.v1.Problem;
import io.orquestrax.protocol.v1.StartInstanceRequest;
import io.orquestrax.protocol.v1.ValidateDefinitionRequest;
import io.orquestrax.protocol.v1.WatchInstanceRequest;
import io.orquestrax.protocol.v1.WatchInstanceResponse;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc.WorkflowServiceStub;
import io.orquestrax.server.api.grpc.GrpcProblems;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcEndToEndTest {
    private static final String UNKNOWN = "0192f000-0000-7000-8000-000000000000";
    private static TestingNode node;
    private static WorkflowServiceBlockingStub stub;

    @BeforeAll
    static void startNode() {
        node = new TestingNode();
        stub = node.grpc();
        List.of(TestingNode.WAITER, TestingNode.ECHO).forEach(GrpcEndToEndTest::deploy);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void deploysAndReadsDefinitions() {
        DeployDefinitionResponse again = deploy(TestingNode.ECHO);

        assertThat(again.getCreated()).isFalse();
        assertThat(stub.getDefinition(GetDefinitionRequest.newBuilder()
                                .setRef(DefinitionRef.newBuilder()
                                        .setNamespace("shop")
                                        .setName("echo"))
                                .build())
                        .getSource()
                        .toStringUtf8())
                .isEqualTo(TestingNode.ECHO);
        assertThat(stub.listDefinitions(ListDefinitionsRequest.newBuilder()
                                .setNamespace("shop")
                                .build())
                        .getDefinitionsList())
                .extracting(definition -> definition.getRef().getName())
                .containsExactlyInAnyOrder("echo", "waiter");
    }

    @Test
    void tellsTheMistakesOfADefinitionInItsProblem() {
        ByteString wrong = ByteString.copyFromUtf8(TestingNode.ECHO.replace("set:", "sett:"));

        Problem problem = problem(
                Status.Code.INVALID_ARGUMENT,
                () -> stub.deployDefinition(
                        DeployDefinitionRequest.newBuilder().setSource(wrong).build()));

        assertThat(problem.getCode()).isEqualTo("invalid-definition");
        assertThat(problem.getStatus()).isEqualTo(422);
        assertThat(problem.getViolationsList())
                .isEqualTo(stub.validateDefinition(ValidateDefinitionRequest.newBuilder()
                                .setSource(wrong)
                                .build())
                        .getViolationsList());
        assertThat(problem.getViolations(0).getLine()).isGreaterThan(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "1.10", "1e400", "\"a\\u0000b\"", "\"\uD83D\uDE00\"", "null"})
    void givesPayloadsBackAsTheyWentIn(String value) throws Exception {
        Instance started = start("echo", "{\"value\":" + value + "}", "");

        Instance closed = await(started.getId(), 30);

        String expected = Json.write(Json.read(value));
        assertThat(closed.getStatus()).isEqualTo("completed");
        assertThat(closed.getInput().toStringUtf8()).isEqualTo("{\"value\":" + expected + "}");
        assertThat(closed.getOutput().toStringUtf8()).isEqualTo("{\"echoed\":{\"value\":" + expected + "}}");
    }

    @Test
    void answersARepeatedStartWithTheInstanceThatIsOpen() {
        Instance first = start("waiter", "{\"a\":1}", "order-2");

        assertThat(start("waiter", "{\"a\":1}", "order-2").getId()).isEqualTo(first.getId());
        assertThat(problem(Status.Code.ALREADY_EXISTS, () -> start("waiter", "{\"a\":2}", "order-2"))
                        .getCode())
                .isEqualTo("key-conflict");
    }

    @Test
    void readsHistoryAndSteps() {
        Instance started = start("echo", "{}", "");
        await(started.getId(), 30);

        GetHistoryResponse first = stub.getHistory(GetHistoryRequest.newBuilder()
                .setId(started.getId())
                .setPageSize(1)
                .build());
        GetHistoryResponse rest = stub.getHistory(GetHistoryRequest.newBuilder()
                .setId(started.getId())
                .setAfterSequence(first.getNextAfterSequence())
                .build());

        assertThat(first.getEventsList()).hasSize(1);
        assertThat(rest.getEvents(0).getSequence()).isEqualTo(2);
        assertThat(rest.getNextAfterSequence()).isZero();
        assertThat(stub.listActivations(ListActivationsRequest.newBuilder()
                                .setId(started.getId())
                                .build())
                        .getActivations(0)
                        .getName())
                .isEqualTo("keep");
    }

    @Test
    void actsOnAndListsInstances() {
        ActOnInstanceRequest request = ActOnInstanceRequest.newBuilder()
                .setId(start("waiter", "{}", "").getId())
                .setReason("a look")
                .build();

        assertThat(stub.suspendInstance(request).getStatus()).isEqualTo("suspended");
        assertThat(stub.listInstances(ListInstancesRequest.newBuilder()
                                .addStatuses("suspended")
                                .build())
                        .getInstancesList())
                .extracting(Instance::getId)
                .contains(request.getId());
        assertThat(stub.resumeInstance(request).getStatus()).isNotEqualTo("suspended");
        assertThat(stub.cancelInstance(request).getStatus()).isEqualTo("cancelled");
        assertThat(problem(Status.Code.FAILED_PRECONDITION, () -> stub.retryInstance(request))
                        .getCode())
                .isEqualTo("instance-not-faulted");
    }

    @Test
    void answersAnInstanceThatIsStillOpenWhenTheWaitIsOver() {
        Instance started = start("waiter", "{}", "");

        assertThat(await(started.getId(), 0).getStatus()).isNotEqualTo("completed");
    }

    @Test
    void answersAStartAtTheEndOfItsInstanceWhereThatIsAskedFor() {
        Instance closed = stub.startInstance(running("echo", 30));

        assertThat(closed.getStatus()).isEqualTo("completed");
        assertThat(closed.getOutput().toStringUtf8()).isEqualTo("{\"echoed\":{}}");
    }

    @Test
    void answersAStartWithTheOpenInstanceWhenItsWaitIsOver() {
        Instance open = stub.startInstance(running("waiter", 0));

        assertThat(stub.getInstance(GetInstanceRequest.newBuilder()
                                .setId(open.getId())
                                .build())
                        .getStatus())
                .isEqualTo(open.getStatus())
                .isNotEqualTo("completed");
    }

    @Test
    void refusesANegativeWait() {
        assertThat(problem(Status.Code.INVALID_ARGUMENT, () -> stub.startInstance(running("echo", -1)))
                        .getCode())
                .isEqualTo("invalid-request");
    }

    @Test
    void pushesChangesUntilTheInstanceIsClosed() {
        String id = start("waiter", "{}", "").getId();

        Iterator<WatchInstanceResponse> changes =
                stub.watchInstance(WatchInstanceRequest.newBuilder().setId(id).build());
        WatchInstanceResponse change = changes.next();
        stub.cancelInstance(ActOnInstanceRequest.newBuilder().setId(id).build());
        while (changes.hasNext()) {
            change = changes.next();
        }

        assertThat(change.getInstance().getStatus()).isEqualTo("cancelled");
        assertThat(change.getActivations(0).getState()).isEqualTo("cancelled");
        assertThat(node.services().commits().isWanted(UUID.fromString(id), null, true))
                .isFalse();
    }

    @Test
    void releasesTheWatchOfACallerThatLeaves() throws Exception {
        UUID id = UUID.fromString(start("waiter", "{}", "").getId());
        CompletableFuture<ClientCallStreamObserver<WatchInstanceRequest>> call = new CompletableFuture<>();
        CompletableFuture<WatchInstanceResponse> first = new CompletableFuture<>();
        node.grpc(WorkflowServiceStub.class)
                .watchInstance(
                        WatchInstanceRequest.newBuilder().setId(id.toString()).build(),
                        new ClientResponseObserver<WatchInstanceRequest, WatchInstanceResponse>() {
                            @Override
                            public void beforeStart(ClientCallStreamObserver<WatchInstanceRequest> started) {
                                call.complete(started);
                            }

                            @Override
                            public void onNext(WatchInstanceResponse response) {
                                first.complete(response);
                            }

                            @Override
                            public void onError(Throwable failure) {
                                first.completeExceptionally(failure);
                            }

                            @Override
                            public void onCompleted() {}
                        });
        assertThat(first.get(20, TimeUnit.SECONDS).getInstance().getId()).isEqualTo(id.toString());
        assertThat(node.services().commits().isWanted(id, null, true)).isTrue();

        call.join().cancel("enough", null);

        awaitTrue(() -> !node.services().commits().isWanted(id, null, true));
    }

    @Test
    void showsWhoServesAndWorks() {
        assertThat(stub.getCluster(GetClusterRequest.getDefaultInstance()).getNodesCount())
                .isEqualTo(1);
        assertThat(stub.listWorkers(ListWorkersRequest.getDefaultInstance()).getWorkersList())
                .singleElement()
                .satisfies(worker -> {
                    assertThat(worker.getName()).isEqualTo("built-in");
                    assertThat(worker.getTypesList()).contains("http", "openapi");
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRequests")
    void refusesWhatACallerGetsWrong(
            String detail, Status.Code status, String code, Consumer<WorkflowServiceBlockingStub> call) {
        Problem problem = problem(status, () -> call.accept(stub));

        assertThat(problem.getCode()).isEqualTo(code);
        assertThat(problem.getDetail()).contains(detail);
        assertThat(problem.getTitle()).isNotEmpty();
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                bad(
                        "\"nope\"",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-id",
                        stub -> stub.getInstance(
                                GetInstanceRequest.newBuilder().setId("nope").build())),
                bad(
                        "\"\"",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-id",
                        stub -> stub.cancelInstance(ActOnInstanceRequest.getDefaultInstance())),
                bad(
                        "\"nope\"",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-id",
                        stub -> stub.watchInstance(WatchInstanceRequest.newBuilder()
                                        .setId("nope")
                                        .build())
                                .next()),
                bad(
                        UNKNOWN,
                        Status.Code.NOT_FOUND,
                        "instance-not-found",
                        stub -> stub.watchInstance(WatchInstanceRequest.newBuilder()
                                        .setId(UNKNOWN)
                                        .build())
                                .next()),
                bad(
                        UNKNOWN,
                        Status.Code.NOT_FOUND,
                        "instance-not-found",
                        stub -> stub.getInstance(
                                GetInstanceRequest.newBuilder().setId(UNKNOWN).build())),
                bad(
                        UNKNOWN,
                        Status.Code.NOT_FOUND,
                        "instance-not-found",
                        stub -> stub.awaitInstance(AwaitInstanceRequest.newBuilder()
                                .setId(UNKNOWN)
                                .setWait(Duration.newBuilder().setSeconds(5))
                                .build())),
                bad(
                        "/wait",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-request",
                        stub -> stub.awaitInstance(AwaitInstanceRequest.newBuilder()
                                .setId(UNKNOWN)
                                .setWait(Duration.newBuilder().setSeconds(-5))
                                .build())),
                bad(
                        "running, waiting",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-request",
                        stub -> stub.listInstances(ListInstancesRequest.newBuilder()
                                .addStatuses("asleep")
                                .build())),
                bad(
                        "from 1 to 200",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-request",
                        stub -> stub.listInstances(ListInstancesRequest.newBuilder()
                                .setPageSize(-1)
                                .build())),
                bad(
                        "made-up",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-page-token",
                        stub -> stub.listInstances(ListInstancesRequest.newBuilder()
                                .setPageToken("made-up")
                                .build())),
                bad(
                        "/after_sequence",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-request",
                        stub -> stub.getHistory(GetHistoryRequest.newBuilder()
                                .setId(UNKNOWN)
                                .setAfterSequence(-1)
                                .build())),
                bad(
                        "/definition/namespace",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-request",
                        stub -> stub.startInstance(StartInstanceRequest.getDefaultInstance())),
                bad(
                        "shop/none",
                        Status.Code.NOT_FOUND,
                        "definition-not-found",
                        stub -> stub.startInstance(request("none", "{}", ""))),
                bad(
                        "line 1, column",
                        Status.Code.INVALID_ARGUMENT,
                        "malformed-json",
                        stub -> stub.startInstance(request("echo", "{\"a\":}", ""))),
                bad(
                        "UTF-8",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-encoding",
                        stub -> stub.startInstance(request("echo", "{}", "").toBuilder()
                                .setInput(ByteString.copyFrom(new byte[] {'"', (byte) 0xff, '"'}))
                                .build())),
                bad(
                        "control characters",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-request",
                        stub -> stub.startInstance(request("echo", "{}", "").toBuilder()
                                .putAllTags(Map.of("a\nb", "c"))
                                .build())),
                bad(
                        "U+0000",
                        Status.Code.INVALID_ARGUMENT,
                        "invalid-request",
                        stub -> stub.listInstances(
                                ListInstancesRequest.newBuilder().setKey("\0").build())),
                bad(
                        "Expected at most 4194304 bytes",
                        Status.Code.RESOURCE_EXHAUSTED,
                        "payload-too-large",
                        stub -> stub.deployDefinition(DeployDefinitionRequest.newBuilder()
                                .setSource(ByteString.copyFrom(new byte[20 * 1024 * 1024]))
                                .build())));
    }

    private static Arguments bad(
            String detail, Status.Code status, String code, Consumer<WorkflowServiceBlockingStub> call) {
        return Arguments.of(detail, status, code, call);
    }

    private static DeployDefinitionResponse deploy(String source) {
        return stub.deployDefinition(DeployDefinitionRequest.newBuilder()
                .setSource(ByteString.copyFromUtf8(source))
                .build());
    }

    private static Instance start(String name, String input, String key) {
        return stub.startInstance(request(name, input, key));
    }

    private static StartInstanceRequest request(String name, String input, String key) {
        return StartInstanceRequest.newBuilder()
                .setDefinition(DefinitionRef.newBuilder().setNamespace("shop").setName(name))
                .setInput(ByteString.copyFromUtf8(input))
                .setKey(key)
                .build();
    }

    private static StartInstanceRequest running(String name, int seconds) {
        return request(name, "{}", "").toBuilder()
                .setWait(Duration.newBuilder().setSeconds(seconds))
                .build();
    }

    private static Instance await(String id, int seconds) {
        return stub.awaitInstance(AwaitInstanceRequest.newBuilder()
                .setId(id)
                .setWait(Duration.newBuilder().setSeconds(seconds))
                .build());
    }

    private static Problem problem(Status.Code status, Runnable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure.getStatus().getCode()).as(failure.getMessage()).isEqualTo(status);
        byte[] encoded =
                Objects.requireNonNull(failure.getTrailers(), "trailers").get(GrpcProblems.PROBLEM);
        assertThat(encoded).as("problem of " + failure.getMessage()).isNotNull();
        try {
            return Problem.parseFrom(encoded);
        } catch (InvalidProtocolBufferException notAProblem) {
            throw new AssertionError(notAProblem);
        }
    }

    private static void awaitTrue(BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}

package io.orquestrax.sdk;

import static io.orquestrax.sdk.TestingWorkflowService.instance;
import static io.orquestrax.sdk.TestingWorkflowService.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.v1.DeployDefinitionRequest;
import io.orquestrax.protocol.v1.DeployDefinitionResponse;
import io.orquestrax.protocol.v1.GetHistoryRequest;
import io.orquestrax.protocol.v1.GetHistoryResponse;
import io.orquestrax.protocol.v1.HistoryEvent;
import io.orquestrax.protocol.v1.ListInstancesRequest;
import io.orquestrax.protocol.v1.ListInstancesResponse;
import io.orquestrax.protocol.v1.Problem;
import io.orquestrax.protocol.v1.StartInstanceRequest;
import io.orquestrax.protocol.v1.Violation;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrquestraxClientTest {
    private final TestingWorkflowService service = new TestingWorkflowService();

    record Order(String id, BigDecimal price) {}

    @Test
    void startsWithEverythingThatWasAskedFor() {
        service.answer(
                WorkflowServiceGrpc.getStartInstanceMethod(),
                request -> instance("running").setInput(request.getInput()).build());
        service.with(client -> {
            Instance started = client.start(StartRequest.of("n", "d")
                    .withVersion("1.0.0")
                    .withKey("k")
                    .withInput(new Order("7", new BigDecimal("1.10")))
                    .withTag("team", "blue"));

            StartInstanceRequest request =
                    service.requests(StartInstanceRequest.class).getFirst();
            assertThat(request.getDefinition().getNamespace()).isEqualTo("n");
            assertThat(request.getDefinition().getName()).isEqualTo("d");
            assertThat(request.getDefinition().getVersion()).isEqualTo("1.0.0");
            assertThat(request.getKey()).isEqualTo("k");
            assertThat(request.getTagsMap()).containsExactly(Map.entry("team", "blue"));
            assertThat(request.getInput().toStringUtf8()).isEqualTo("{\"id\":\"7\",\"price\":1.10}");
            assertThat(started.id()).isEqualTo("i1");
            assertThat(started.status()).isEqualTo(InstanceStatus.RUNNING);
            assertThat(started.definition()).hasToString("n/d/1.0.0");
            assertThat(started.output()).isNull();
        });
    }

    @Test
    void sendsJsonTextByteForByte() {
        service.answer(
                WorkflowServiceGrpc.getStartInstanceMethod(),
                request -> instance("running").setInput(request.getInput()).build());
        service.with(client -> {
            String text = "{ \"n\" : 9007199254740993 , \"d\" : 1.10 }";

            Instance started = client.start(StartRequest.of("n", "d").withInputJson(text));

            assertThat(started.input()).hasToString(text);
            assertThat(started.input())
                    .extracting(input -> input.tree().path("d").decimalValue())
                    .isEqualTo(new BigDecimal("1.10"));
        });
    }

    @Test
    void startsManyWithoutAThreadForEach() {
        service.answer(
                WorkflowServiceGrpc.getStartInstanceMethod(),
                request -> instance("running").setKey(request.getKey()).build());
        service.with(client -> {
            List<CompletableFuture<Instance>> starts = IntStream.range(0, 500)
                    .mapToObj(i -> client.startAsync(StartRequest.of("n", "d").withKey("k" + i)))
                    .toList();

            assertThat(starts.stream().map(CompletableFuture::join).map(Instance::key))
                    .hasSize(500)
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void repeatsStartWithKeyWhileTheServerIsUnavailable() {
        AtomicInteger calls = service.failsTwice();
        service.with(client -> {
            Instance started = client.start(StartRequest.of("n", "d").withKey("k"));

            assertThat(started.id()).isEqualTo("i1");
            assertThat(calls).hasValue(3);
        });
    }

    @Test
    void repeatsStartWithoutKeyUnderAnIdThatSaysSo() {
        AtomicInteger calls = service.failsTwice();
        service.with(client -> {
            assertThat(client.start("n", "d", Map.of()).id()).isEqualTo("i1");

            assertThat(calls).hasValue(3);
            List<StartInstanceRequest> starts = service.requests(StartInstanceRequest.class);
            assertThat(starts).extracting(StartInstanceRequest::getAgain).containsExactly(false, true, true);
            assertThat(starts)
                    .extracting(StartInstanceRequest::getId)
                    .containsOnly(starts.getFirst().getId());
            assertThat(UUID.fromString(starts.getFirst().getId()).version()).isEqualTo(7);
        });
    }

    @Test
    void asksAgainToCancelWhereTheAnswerWasLostAndTakesWhatIsDoneForDone() {
        AtomicInteger calls = closedAfterALostAnswer("cancelled");
        service.with(client -> {
            assertThat(client.cancel("i1", null).status()).isEqualTo(InstanceStatus.CANCELLED);
            assertThat(calls).hasValue(2);

            // The first answer says so now, which is no echo of an earlier try.
            assertCancelFindsItClosed(client);
        });
    }

    @Test
    void doesNotTakeAnotherEndForACancel() {
        var unused = closedAfterALostAnswer("completed");
        service.with(OrquestraxClientTest::assertCancelFindsItClosed);
    }

    /** The first answer to a cancel is lost; from then on the instance is closed, with this status. Counts the calls. */
    private AtomicInteger closedAfterALostAnswer(String status) {
        AtomicInteger calls = new AtomicInteger();
        service.answer(WorkflowServiceGrpc.getCancelInstanceMethod(), request -> {
            if (calls.incrementAndGet() == 1) {
                throw Status.UNAVAILABLE.asRuntimeException();
            }
            throw refusal(
                    Status.FAILED_PRECONDITION,
                    Problem.newBuilder()
                            .setCode(ErrorCode.INSTANCE_CLOSED.text())
                            .build());
        });
        service.answer(
                WorkflowServiceGrpc.getGetInstanceMethod(),
                request -> instance(status).build());
        return calls;
    }

    private static void assertCancelFindsItClosed(OrquestraxClient client) {
        assertThatThrownBy(() -> client.cancel("i1", null))
                .isInstanceOfSatisfying(
                        OrquestraxException.class,
                        refused -> assertThat(refused.is(ErrorCode.INSTANCE_CLOSED))
                                .isTrue());
    }

    @Test
    void neverAsksTwiceToRunAFaultedInstanceAgain() {
        AtomicInteger calls = new AtomicInteger();
        service.answer(WorkflowServiceGrpc.getRetryInstanceMethod(), request -> {
            calls.incrementAndGet();
            throw Status.UNAVAILABLE.asRuntimeException();
        });
        service.with(client -> {
            assertThatThrownBy(() -> client.retry("i1", null)).isInstanceOf(OrquestraxException.class);
            assertThat(calls).hasValue(1);
        });
    }

    @Test
    void readsThroughARestartOfTheServer() {
        service.answer(
                WorkflowServiceGrpc.getGetInstanceMethod(),
                request -> instance("running").build());
        TestingServer server = new TestingServer(service);
        try (server;
                OrquestraxClient client = OrquestraxClient.connect(server.target())) {
            client.instance("i1");
            server.stop();
            CompletableFuture<Instance> read = client.instanceAsync("i1");

            server.startAgain();

            assertThat(read.join().id()).isEqualTo("i1");
        }
    }

    @Test
    void tellsCodeDetailAndViolationsOfARefusal() {
        service.answer(WorkflowServiceGrpc.getDeployDefinitionMethod(), request -> {
            throw refusal(
                    Status.INVALID_ARGUMENT,
                    Problem.newBuilder()
                            .setCode("invalid-definition")
                            .setTitle("Invalid definition")
                            .setDetail("The document has 1 mistake")
                            .setStatus(422)
                            .addViolations(Violation.newBuilder()
                                    .setCode("unknown-task")
                                    .setMessage("Expected a task, but got \"x\"")
                                    .setPointer("/do/0")
                                    .setLine(3)
                                    .setColumn(5))
                            .build());
        });
        service.with(client -> {
            OrquestraxException refused =
                    catchThrowableOfType(OrquestraxException.class, () -> client.deploy("document: {}"));

            assertThat(refused.is(ErrorCode.INVALID_DEFINITION)).isTrue();
            assertThat(refused.detail()).isEqualTo("The document has 1 mistake");
            assertThat(refused.violations())
                    .containsExactly(new io.orquestrax.sdk.Violation(
                            "unknown-task", "Expected a task, but got \"x\"", "/do/0", 3, 5, false));
            assertThat(refused).hasMessageContaining("3:5 /do/0: Expected a task");
        });
    }

    @Test
    void tellsTheConnectionsOwnFailures() {
        service.with(client -> {
            OrquestraxException refused = catchThrowableOfType(OrquestraxException.class, () -> client.instance("i1"));

            assertThat(refused.is(ErrorCode.NOT_FOUND)).isTrue();
            assertThat(refused.violations()).isEmpty();
        });
    }

    @Test
    void givesUpAtTheDeadline() {
        service.sayNothing(WorkflowServiceGrpc.getGetInstanceMethod());
        try (TestingServer server = new TestingServer(service);
                OrquestraxClient client = OrquestraxClient.builder(server.target())
                        .deadline(Duration.ofMillis(200))
                        .build()) {
            assertThatThrownBy(() -> client.instance("i1"))
                    .isInstanceOfSatisfying(
                            OrquestraxException.class,
                            failure -> assertThat(failure.code()).isEqualTo("deadline-exceeded"));
        }
    }

    @Test
    void deploysTheSourceAsItIs() {
        service.answer(
                WorkflowServiceGrpc.getDeployDefinitionMethod(),
                request -> DeployDefinitionResponse.newBuilder()
                        .setCreated(true)
                        .addWarnings(Violation.newBuilder().setCode("w").setWarning(true))
                        .build());
        service.with(client -> {
            Deployment deployment = client.deploy("name: ü");

            assertThat(service.requests(DeployDefinitionRequest.class)
                            .getFirst()
                            .getSource()
                            .toStringUtf8())
                    .isEqualTo("name: ü");
            assertThat(deployment.created()).isTrue();
            assertThat(deployment.warnings()).hasSize(1).allMatch(io.orquestrax.sdk.Violation::warning);
        });
    }

    @Test
    void walksAllPages() {
        service.answer(WorkflowServiceGrpc.getListInstancesMethod(), request -> {
            int page = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
            ListInstancesResponse.Builder response = ListInstancesResponse.newBuilder();
            // A page may be empty, and still not be the last.
            if (page != 1) {
                response.addInstances(instance("running").setId("p" + page));
            }
            return response.setNextPageToken(page == 3 ? "" : Integer.toString(page + 1))
                    .build();
        });
        service.with(client -> {
            InstanceQuery query =
                    InstanceQuery.ALL.withStatuses(InstanceStatus.RUNNING).withNamespace("n");

            assertThat(client.instances(query)).extracting(Instance::id).containsExactly("p0", "p2", "p3");

            ListInstancesRequest first =
                    service.requests(ListInstancesRequest.class).getFirst();
            assertThat(first.getStatusesList()).containsExactly("running");
            assertThat(first.getNamespace()).isEqualTo("n");
        });
    }

    @Test
    void fetchesNoPageBeforeItIsNeeded() {
        service.answer(
                WorkflowServiceGrpc.getListInstancesMethod(),
                request -> ListInstancesResponse.newBuilder()
                        .addInstances(instance("running"))
                        .setNextPageToken("more")
                        .build());
        service.with(client -> {
            assertThat(client.instances(InstanceQuery.ALL).stream().limit(2)).hasSize(2);

            assertThat(service.requests(ListInstancesRequest.class)).hasSize(2);
        });
    }

    @Test
    void walksTheHistoryBySequence() {
        service.answer(WorkflowServiceGrpc.getGetHistoryMethod(), request -> {
            long after = request.getAfterSequence();
            return GetHistoryResponse.newBuilder()
                    .addEvents(HistoryEvent.newBuilder().setSequence(after + 1))
                    .addEvents(HistoryEvent.newBuilder().setSequence(after + 2))
                    .setNextAfterSequence(after >= 4 ? 0 : after + 2)
                    .build();
        });
        service.with(client -> {
            assertThat(client.history("i1"))
                    .extracting(io.orquestrax.sdk.HistoryEvent::sequence)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(service.requests(GetHistoryRequest.class)).hasSize(3);
        });
    }

    @Test
    void cancellingTheFutureEndsTheRepetition() throws Exception {
        service.answer(WorkflowServiceGrpc.getGetInstanceMethod(), request -> {
            throw Status.UNAVAILABLE.asRuntimeException();
        });
        service.with(client -> {
            CompletableFuture<Instance> read = client.instanceAsync("i1");

            assertThat(read.cancel(true)).isTrue();

            assertThat(read).isCancelled();
        });
    }

    @Test
    void refusesWhatIsNoTarget() {
        assertThatThrownBy(() -> OrquestraxClient.connect("ftp://host"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host:port")
                .hasMessageContaining("ftp://host");
    }

    @Test
    void readsTargetsInEachForm() {
        assertThat(ChannelSettings.of("http://a:1/").addresses()).containsExactly("a:1");
        assertThat(ChannelSettings.of("a:1").tls()).isFalse();
        assertThat(ChannelSettings.of("https://a:1").tls()).isTrue();
        assertThat(ChannelSettings.of("[::1]:7233").addresses()).containsExactly("[::1]:7233");
    }

    @Test
    void readsSeveralNodesAndRefusesTlsForSomeOfThem() {
        assertThat(ChannelSettings.of("a:1, http://[::1]:2,a:1").addresses()).containsExactly("a:1", "[::1]:2");
        assertThatThrownBy(() -> ChannelSettings.of("a:1,https://b:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a:1,https://b:1");
        assertThatThrownBy(() -> ChannelSettings.of("a:1,"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host:port");
    }

    @Test
    void goesOnWithAnotherNodeWhereOneIsLost() {
        TestingWorkflowService others = new TestingWorkflowService();
        service.answer(
                WorkflowServiceGrpc.getGetInstanceMethod(),
                request -> instance("running").build());
        others.answer(
                WorkflowServiceGrpc.getGetInstanceMethod(),
                request -> instance("completed").build());
        try (TestingServer server = new TestingServer(service);
                TestingServer other = new TestingServer(others);
                OrquestraxClient client =
                        OrquestraxClient.connect("127.0.0.1:1," + server.target() + "," + other.target())) {
            client.instance("i1");

            server.stop();

            assertThat(client.instance("i1").status()).isEqualTo(InstanceStatus.COMPLETED);
        }
    }
}

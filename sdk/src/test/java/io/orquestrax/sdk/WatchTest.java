package io.orquestrax.sdk;

import static io.orquestrax.sdk.TestingWorkflowService.instance;
import static io.orquestrax.sdk.TestingWorkflowService.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.orquestrax.protocol.v1.Activation;
import io.orquestrax.protocol.v1.Problem;
import io.orquestrax.protocol.v1.WatchInstanceResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final TestingWorkflowService service = new TestingWorkflowService();

    @Test
    void tellsEachChangeAndEndsWithTheInstance() throws Exception {
        service.watch((request, response) -> {
            send(response, "running");
            send(response, "completed");
            response.onCompleted();
        });
        List<InstanceUpdate> updates = watch();

        assertThat(updates)
                .extracting(update -> update.instance().status())
                .containsExactly(InstanceStatus.RUNNING, InstanceStatus.COMPLETED);
        assertThat(updates.getFirst().activations())
                .extracting(io.orquestrax.sdk.Activation::name)
                .containsExactly("step");
    }

    @Test
    void goesOnWhenTheConnectionBreaks() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        service.watch((request, response) -> {
            if (calls.incrementAndGet() == 1) {
                send(response, "running");
                response.onError(Status.UNAVAILABLE.asRuntimeException());
            } else {
                send(response, "faulted");
                response.onCompleted();
            }
        });

        assertThat(watch())
                .extracting(update -> update.instance().status())
                .containsExactly(InstanceStatus.RUNNING, InstanceStatus.FAULTED);
    }

    @Test
    void failsWhereThereIsNoSuchInstance() {
        service.watch((request, response) -> response.onError(refusal(
                Status.NOT_FOUND,
                Problem.newBuilder().setCode("instance-not-found").build())));

        assertThatThrownBy(this::watch)
                .cause()
                .isInstanceOfSatisfying(
                        OrquestraxException.class,
                        failure -> assertThat(failure.code()).isEqualTo("instance-not-found"));
    }

    @Test
    void failsWithWhatTheConsumerThrows() throws Exception {
        service.watch((request, response) -> send(response, "running"));
        try (TestingServer server = new TestingServer(service);
                OrquestraxClient client = OrquestraxClient.connect(server.target());
                Watch watch = client.watch("i1", update -> {
                    throw new IllegalStateException("full");
                })) {
            assertThatThrownBy(() -> watch.done().get(10, TimeUnit.SECONDS)).hasRootCauseMessage("full");
        }
    }

    @Test
    void endsWhenItIsClosed() throws Exception {
        service.watch((request, response) -> send(response, "running"));
        try (TestingServer server = new TestingServer(service);
                OrquestraxClient client = OrquestraxClient.connect(server.target())) {
            Watch watch = client.watch("i1", update -> {});

            watch.close();

            assertThat(watch.done().get(10, TimeUnit.SECONDS)).isNull();
        }
    }

    private List<InstanceUpdate> watch() throws Exception {
        List<InstanceUpdate> updates = new CopyOnWriteArrayList<>();
        try (TestingServer server = new TestingServer(service);
                OrquestraxClient client = OrquestraxClient.connect(server.target());
                Watch watch = client.watch("i1", updates::add)) {
            watch.done().get(10, TimeUnit.SECONDS);
            return updates;
        }
    }

    private static void send(StreamObserver<WatchInstanceResponse> response, String status) {
        response.onNext(WatchInstanceResponse.newBuilder()
                .setInstance(instance(status))
                .addActivations(Activation.newBuilder().setActivation(1).setName("step"))
                .build());
    }
}

package io.orquestrax.sdk;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.orquestrax.protocol.v1.DefinitionRef;
import io.orquestrax.protocol.v1.Instance;
import io.orquestrax.protocol.v1.Problem;
import io.orquestrax.protocol.v1.WatchInstanceRequest;
import io.orquestrax.protocol.v1.WatchInstanceResponse;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** A workflow service whose answers a test gives; it remembers what it was asked. */
final class TestingWorkflowService implements BindableService {
    private final ServerServiceDefinition.Builder methods =
            ServerServiceDefinition.builder(WorkflowServiceGrpc.SERVICE_NAME);
    private final List<MessageLite> requests = new CopyOnWriteArrayList<>();

    <Q extends MessageLite, R> TestingWorkflowService answer(MethodDescriptor<Q, R> method, Function<Q, R> answer) {
        methods.addMethod(method, ServerCalls.asyncUnaryCall((Q request, StreamObserver<R> response) -> {
            requests.add(request);
            try {
                response.onNext(answer.apply(request));
                response.onCompleted();
            } catch (StatusRuntimeException refused) {
                response.onError(refused);
            }
        }));
        return this;
    }

    /** Answers so many requests, and no other. */
    <Q extends MessageLite, R> TestingWorkflowService answerFirst(
            int count, MethodDescriptor<Q, R> method, Function<Q, R> answer) {
        AtomicInteger calls = new AtomicInteger();
        methods.addMethod(method, ServerCalls.asyncUnaryCall((Q request, StreamObserver<R> response) -> {
            requests.add(request);
            if (calls.incrementAndGet() <= count) {
                response.onNext(answer.apply(request));
                response.onCompleted();
            }
        }));
        return this;
    }

    <Q extends MessageLite, R> TestingWorkflowService sayNothing(MethodDescriptor<Q, R> method) {
        methods.addMethod(
                method, ServerCalls.asyncUnaryCall((Q request, StreamObserver<R> response) -> requests.add(request)));
        return this;
    }

    TestingWorkflowService watch(BiConsumer<WatchInstanceRequest, StreamObserver<WatchInstanceResponse>> answer) {
        methods.addMethod(
                WorkflowServiceGrpc.getWatchInstanceMethod(),
                ServerCalls.asyncServerStreamingCall(
                        (WatchInstanceRequest request, StreamObserver<WatchInstanceResponse> response) -> {
                            requests.add(request);
                            answer.accept(request, response);
                        }));
        return this;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return methods.build();
    }

    <Q extends MessageLite> List<Q> requests(Class<Q> type) {
        return requests.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Starts an instance at the third request, and cannot be reached before; answers the count of requests. */
    AtomicInteger failsTwice() {
        AtomicInteger calls = new AtomicInteger();
        answer(WorkflowServiceGrpc.getStartInstanceMethod(), request -> {
            if (calls.incrementAndGet() < 3) {
                throw Status.UNAVAILABLE.asRuntimeException();
            }
            return instance("running").build();
        });
        return calls;
    }

    /** Serves a client while the test uses it. */
    void with(Consumer<OrquestraxClient> test) {
        try (TestingServer server = new TestingServer(this);
                OrquestraxClient client = OrquestraxClient.connect("http://" + server.target())) {
            test.accept(client);
        }
    }

    static Instance.Builder instance(String status) {
        return Instance.newBuilder()
                .setId("i1")
                .setStatus(status)
                .setDefinition(DefinitionRef.newBuilder()
                        .setNamespace("n")
                        .setName("d")
                        .setVersion("1.0.0"))
                .setOutput(status.equals("completed") ? ByteString.copyFromUtf8("{\"sum\":1.10}") : ByteString.EMPTY);
    }

    static StatusRuntimeException refusal(Status status, Problem problem) {
        Metadata trailers = new Metadata();
        trailers.put(Problems.PROBLEM, problem.toByteArray());
        return status.asRuntimeException(trailers);
    }
}

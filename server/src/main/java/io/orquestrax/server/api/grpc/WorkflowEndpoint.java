package io.orquestrax.server.api.grpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.protocol.v1.ActOnInstanceRequest;
import io.orquestrax.protocol.v1.AwaitInstanceRequest;
import io.orquestrax.protocol.v1.Cluster;
import io.orquestrax.protocol.v1.Definition;
import io.orquestrax.protocol.v1.DeployDefinitionRequest;
import io.orquestrax.protocol.v1.DeployDefinitionResponse;
import io.orquestrax.protocol.v1.DrainNodeRequest;
import io.orquestrax.protocol.v1.GetClusterRequest;
import io.orquestrax.protocol.v1.GetDefinitionRequest;
import io.orquestrax.protocol.v1.GetHistoryRequest;
import io.orquestrax.protocol.v1.GetHistoryResponse;
import io.orquestrax.protocol.v1.GetInstanceRequest;
import io.orquestrax.protocol.v1.Instance;
import io.orquestrax.protocol.v1.ListActivationsRequest;
import io.orquestrax.protocol.v1.ListActivationsResponse;
import io.orquestrax.protocol.v1.ListDefinitionsRequest;
import io.orquestrax.protocol.v1.ListDefinitionsResponse;
import io.orquestrax.protocol.v1.ListInstancesRequest;
import io.orquestrax.protocol.v1.ListInstancesResponse;
import io.orquestrax.protocol.v1.ListWorkersRequest;
import io.orquestrax.protocol.v1.ListWorkersResponse;
import io.orquestrax.protocol.v1.PublishEventsRequest;
import io.orquestrax.protocol.v1.PublishEventsResponse;
import io.orquestrax.protocol.v1.StartInstanceRequest;
import io.orquestrax.protocol.v1.ValidateDefinitionRequest;
import io.orquestrax.protocol.v1.ValidateDefinitionResponse;
import io.orquestrax.protocol.v1.WatchInstanceRequest;
import io.orquestrax.protocol.v1.WatchInstanceResponse;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import io.orquestrax.server.api.InstanceWatches;
import io.orquestrax.server.api.JsonText;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.api.RequestRules;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Deployment;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.store.Page;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gRPC door to definitions and instances. Its methods run on threads that may block. */
final class WorkflowEndpoint extends WorkflowServiceGrpc.WorkflowServiceImplBase {
    private final Orchestration orchestration;
    private final InstanceWatches watches;

    WorkflowEndpoint(Orchestration orchestration, InstanceWatches watches) {
        this.orchestration = orchestration;
        this.watches = watches;
    }

    @Override
    public void deployDefinition(DeployDefinitionRequest request, StreamObserver<DeployDefinitionResponse> responses) {
        answer(responses, () -> {
            Deployment deployment = orchestration.deploy(caller(), Requests.document(request.getSource()));
            DeployDefinitionResponse.Builder response = DeployDefinitionResponse.newBuilder()
                    .setDefinition(Messages.definition(deployment.definition()))
                    .setCreated(deployment.isNew());
            deployment.warnings().stream().map(Messages::violation).forEach(response::addWarnings);
            return response.build();
        });
    }

    @Override
    public void validateDefinition(
            ValidateDefinitionRequest request, StreamObserver<ValidateDefinitionResponse> responses) {
        answer(responses, () -> {
            List<Problem> problems = orchestration.validate(caller(), Requests.document(request.getSource()));
            ValidateDefinitionResponse.Builder response = ValidateDefinitionResponse.newBuilder()
                    .setValid(problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR));
            problems.stream().map(Messages::violation).forEach(response::addViolations);
            return response.build();
        });
    }

    @Override
    public void listDefinitions(ListDefinitionsRequest request, StreamObserver<ListDefinitionsResponse> responses) {
        answer(responses, () -> {
            Page<StoredDefinition> page = orchestration.definitions(
                    caller(),
                    Requests.text(request.getNamespace(), "/namespace"),
                    Requests.text(request.getName(), "/name"),
                    Requests.pageSize(request.getPageSize(), Limits.DEFAULT_PAGE_SIZE, Limits.PAGE_SIZE),
                    Requests.text(request.getPageToken(), "/page_token"));
            ListDefinitionsResponse.Builder response =
                    ListDefinitionsResponse.newBuilder().setNextPageToken(orEmpty(page.nextToken()));
            page.items().stream().map(Messages::definition).forEach(response::addDefinitions);
            return response.build();
        });
    }

    @Override
    public void getDefinition(GetDefinitionRequest request, StreamObserver<Definition> responses) {
        answer(responses, () -> {
            String namespace = Requests.required(request.getRef().getNamespace(), "/ref/namespace");
            String name = Requests.required(request.getRef().getName(), "/ref/name");
            String version = Requests.text(request.getRef().getVersion(), "/ref/version");
            return Messages.definition(
                    version == null
                            ? orchestration.definition(caller(), namespace, name)
                            : orchestration.definition(caller(), new DefinitionId(namespace, name, version)));
        });
    }

    @Override
    public void startInstance(StartInstanceRequest request, StreamObserver<Instance> responses) {
        if (request.hasWait()) {
            runInstance(request, responses);
            return;
        }
        answerLater(
                responses,
                () -> orchestration.start(caller(), Requests.start(request)),
                started -> Messages.instance(started.instance()));
    }

    private void runInstance(StartInstanceRequest request, StreamObserver<Instance> responses) {
        answerLater(
                responses,
                () -> {
                    Duration wait = Requests.wait(request.getWait());
                    holdOpen(wait);
                    return orchestration.run(caller(), Requests.start(request), wait);
                },
                Messages::instance);
    }

    @Override
    public void publishEvents(PublishEventsRequest request, StreamObserver<PublishEventsResponse> responses) {
        answerLater(
                responses,
                () -> {
                    ArrayNode events = Json.NODES.arrayNode();
                    request.getEventsList().forEach(event -> events.add(JsonText.parse(event.toByteArray())));
                    return orchestration.events().publishBatch(events);
                },
                accepted -> PublishEventsResponse.newBuilder()
                        .setAccepted(accepted.accepted())
                        .setDuplicates(accepted.duplicates())
                        .build());
    }

    @Override
    public void getInstance(GetInstanceRequest request, StreamObserver<Instance> responses) {
        answer(responses, () -> Messages.instance(orchestration.instance(caller(), id(request.getId()))));
    }

    @Override
    public void listInstances(ListInstancesRequest request, StreamObserver<ListInstancesResponse> responses) {
        answer(responses, () -> {
            Page<InstanceRow> page = orchestration.instances(
                    caller(),
                    Requests.filter(request),
                    Requests.pageSize(request.getPageSize(), Limits.DEFAULT_PAGE_SIZE, Limits.PAGE_SIZE),
                    Requests.text(request.getPageToken(), "/page_token"));
            ListInstancesResponse.Builder response =
                    ListInstancesResponse.newBuilder().setNextPageToken(orEmpty(page.nextToken()));
            page.items().stream().map(Messages::instance).forEach(response::addInstances);
            return response.build();
        });
    }

    @Override
    public void getHistory(GetHistoryRequest request, StreamObserver<GetHistoryResponse> responses) {
        answer(responses, () -> {
            if (request.getAfterSequence() < 0) {
                throw RequestReader.invalid(
                        "Expected a sequence number from 0 at /after_sequence, but got " + request.getAfterSequence());
            }
            int pageSize = Requests.pageSize(
                    request.getPageSize(), Limits.DEFAULT_HISTORY_PAGE_SIZE, Limits.HISTORY_PAGE_SIZE);
            // One more than asked tells whether there is a next page.
            List<EventRow> events =
                    orchestration.history(caller(), id(request.getId()), request.getAfterSequence(), pageSize + 1);
            List<EventRow> page = events.subList(0, Math.min(pageSize, events.size()));
            GetHistoryResponse.Builder response = GetHistoryResponse.newBuilder()
                    .setNextAfterSequence(
                            events.size() > pageSize ? page.getLast().sequence() : 0);
            page.stream().map(Messages::event).forEach(response::addEvents);
            return response.build();
        });
    }

    @Override
    public void listActivations(ListActivationsRequest request, StreamObserver<ListActivationsResponse> responses) {
        answer(responses, () -> {
            ListActivationsResponse.Builder response = ListActivationsResponse.newBuilder();
            orchestration.activations(caller(), id(request.getId())).stream()
                    .map(Messages::activation)
                    .forEach(response::addActivations);
            return response.build();
        });
    }

    @Override
    public void awaitInstance(AwaitInstanceRequest request, StreamObserver<Instance> responses) {
        answerLater(
                responses,
                () -> {
                    Duration wait = Requests.wait(request.getWait());
                    holdOpen(wait);
                    return orchestration.await(caller(), id(request.getId()), wait);
                },
                Messages::instance);
    }

    @Override
    public void watchInstance(WatchInstanceRequest request, StreamObserver<WatchInstanceResponse> responses) {
        InstanceStream.open(
                watches, caller(), () -> id(request.getId()), (ServerCallStreamObserver<WatchInstanceResponse>)
                        responses);
    }

    @Override
    public void cancelInstance(ActOnInstanceRequest request, StreamObserver<Instance> responses) {
        act(request, responses, orchestration::cancel);
    }

    @Override
    public void suspendInstance(ActOnInstanceRequest request, StreamObserver<Instance> responses) {
        act(request, responses, orchestration::suspend);
    }

    @Override
    public void resumeInstance(ActOnInstanceRequest request, StreamObserver<Instance> responses) {
        act(request, responses, orchestration::resume);
    }

    @Override
    public void retryInstance(ActOnInstanceRequest request, StreamObserver<Instance> responses) {
        act(request, responses, orchestration::retry);
    }

    @Override
    public void listWorkers(ListWorkersRequest request, StreamObserver<ListWorkersResponse> responses) {
        answer(responses, () -> {
            ListWorkersResponse.Builder response = ListWorkersResponse.newBuilder();
            orchestration.workers(caller()).stream().map(Messages::worker).forEach(response::addWorkers);
            return response.build();
        });
    }

    @Override
    public void getCluster(GetClusterRequest request, StreamObserver<Cluster> responses) {
        answer(responses, () -> Messages.cluster(orchestration.cluster(caller())));
    }

    @Override
    public void drainNode(DrainNodeRequest request, StreamObserver<Cluster> responses) {
        answer(
                responses,
                () -> Messages.cluster(orchestration.drain(caller(), request.getNodeId(), request.getUndo())));
    }

    private void act(ActOnInstanceRequest request, StreamObserver<Instance> responses, Action action) {
        answerLater(
                responses,
                () -> action.perform(caller(), id(request.getId()), Requests.reason(request)),
                Messages::instance);
    }

    private static <T> void answer(StreamObserver<T> responses, Supplier<T> answer) {
        answerLater(responses, () -> CompletableFuture.completedFuture(answer.get()), Function.identity());
    }

    /** A caller that goes away cancels the future, so that nothing waits for nobody. */
    private static <T, R> void answerLater(
            StreamObserver<R> responses, Supplier<CompletableFuture<T>> call, Function<T, R> toMessage) {
        ServerCallStreamObserver<R> observer = (ServerCallStreamObserver<R>) responses;
        CompletableFuture<T> future;
        try {
            future = call.get();
        } catch (RuntimeException failure) {
            responses.onError(GrpcProblems.exceptionOf(failure));
            return;
        }
        observer.setOnCancelHandler(() -> future.cancel(false));
        var _ = future.thenApply(toMessage).whenComplete((message, failure) -> {
            if (observer.isCancelled()) {
                return;
            }
            if (failure != null) {
                responses.onError(GrpcProblems.exceptionOf(failure));
            } else {
                responses.onNext(message);
                responses.onCompleted();
            }
        });
    }

    /** A deadline that the caller set stays; without one the server's own would cut the wait short. */
    private static void holdOpen(Duration wait) {
        ServiceRequestContext context = ServiceRequestContext.current();
        if (!context.request().headers().contains("grpc-timeout")) {
            context.setRequestTimeout(wait.plus(Limits.ANSWER_TIME));
        }
    }

    private static Caller caller() {
        return Caller.ANONYMOUS;
    }

    private static UUID id(String text) {
        return RequestRules.instanceId(text);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** One of the verbs that change an instance. */
    private interface Action {
        CompletableFuture<InstanceRow> perform(Caller caller, UUID id, @Nullable String reason);
    }
}

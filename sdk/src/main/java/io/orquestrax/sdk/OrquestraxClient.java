package io.orquestrax.sdk;

import com.google.protobuf.ByteString;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.v1.ActOnInstanceRequest;
import io.orquestrax.protocol.v1.DeployDefinitionRequest;
import io.orquestrax.protocol.v1.GetClusterRequest;
import io.orquestrax.protocol.v1.GetDefinitionRequest;
import io.orquestrax.protocol.v1.GetHistoryRequest;
import io.orquestrax.protocol.v1.GetInstanceRequest;
import io.orquestrax.protocol.v1.ListActivationsRequest;
import io.orquestrax.protocol.v1.ListDefinitionsRequest;
import io.orquestrax.protocol.v1.ListWorkersRequest;
import io.orquestrax.protocol.v1.PublishEventsRequest;
import io.orquestrax.protocol.v1.StartInstanceRequest;
import io.orquestrax.protocol.v1.ValidateDefinitionRequest;
import io.orquestrax.protocol.v1.ValidateDefinitionResponse;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import io.orquestrax.sdk.Calls.Repetition;
import io.orquestrax.sdk.Pages.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deploys definitions, starts instances, looks at them and acts on them.
 *
 * <p>Thread-safe; one is enough for a process. Every call throws {@link OrquestraxException} (the asynchronous ones
 * fail with it) where the server refuses it, or does not answer within the deadline. What can be repeated without harm
 * (reads, deployments, events, starts) is repeated until the deadline while no server can be reached, and where the
 * answer was lost.
 */
public final class OrquestraxClient implements AutoCloseable {
    private final ManagedChannel channel;
    private final Calls calls;
    private final Duration deadline;
    private final InstanceWait waits;

    private OrquestraxClient(Builder builder) {
        this.channel = builder.settings.open();
        this.calls = new Calls(channel);
        this.deadline = builder.deadline;
        this.waits = new InstanceWait(calls, deadline);
    }

    /**
     * A client to be, for this cluster. Where it knows several nodes, it goes on with another where one is lost.
     *
     * @param target {@code host:port}, {@code http://host:port}, or {@code https://host:port} for TLS; several nodes are
     *     separated by commas
     * @throws IllegalArgumentException where it is none of these
     */
    public static Builder builder(String target) {
        return new Builder(ChannelSettings.of(target));
    }

    /** A client with defaults; it connects at its first call. */
    public static OrquestraxClient connect(String target) {
        return builder(target).build();
    }

    /**
     * Makes a definition known; the same content again changes nothing.
     *
     * @param source a workflow document, YAML or JSON
     * @throws OrquestraxException {@code invalid-definition} with the violations; {@code definition-conflict} where the
     *     version exists with other content
     */
    public Deployment deploy(String source) {
        return deploy(source.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #deploy(String)}, of a file. */
    public Deployment deploy(Path file) throws IOException {
        return deploy(Files.readAllBytes(file));
    }

    /**
     * As {@link #deploy(String)}.
     *
     * @param source in UTF-8
     */
    public Deployment deploy(byte[] source) {
        var response = read(
                WorkflowServiceGrpc.getDeployDefinitionMethod(),
                DeployDefinitionRequest.newBuilder()
                        .setSource(ByteString.copyFrom(source))
                        .build());
        return new Deployment(
                Wire.definition(response.getDefinition()),
                response.getCreated(),
                response.getWarningsList().stream().map(Wire::violation).toList());
    }

    /** Says what is wrong with a document, and changes nothing. */
    public Validation validate(String source) {
        return validate(source.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #validate(String)}, of a file. */
    public Validation validate(Path file) throws IOException {
        return validate(Files.readAllBytes(file));
    }

    /** As {@link #validate(String)}, in UTF-8. */
    public Validation validate(byte[] source) {
        ValidateDefinitionResponse response = read(
                WorkflowServiceGrpc.getValidateDefinitionMethod(),
                ValidateDefinitionRequest.newBuilder()
                        .setSource(ByteString.copyFrom(source))
                        .build());
        return new Validation(
                response.getValid(),
                response.getViolationsList().stream().map(Wire::violation).toList());
    }

    /** All definitions, without their sources. */
    public Pages<Definition> definitions() {
        return definitions(null, null);
    }

    /** The definitions with this namespace and name, null for any; without their sources. */
    public Pages<Definition> definitions(@Nullable String namespace, @Nullable String name) {
        ListDefinitionsRequest.Builder request = ListDefinitionsRequest.newBuilder()
                .setNamespace(namespace == null ? "" : namespace)
                .setName(name == null ? "" : name);
        ListDefinitionsRequest first = request.build();
        return new Pages<>(token -> {
            var response = read(
                    WorkflowServiceGrpc.getListDefinitionsMethod(),
                    first.toBuilder().setPageToken(token).build());
            return new Page<>(
                    response.getDefinitionsList().stream().map(Wire::definition).toList(), response.getNextPageToken());
        });
    }

    /**
     * A definition with its source.
     *
     * @param version null for the highest one
     * @throws OrquestraxException {@code definition-not-found}
     */
    public Definition definition(String namespace, String name, @Nullable String version) {
        return Wire.definition(read(
                WorkflowServiceGrpc.getGetDefinitionMethod(),
                GetDefinitionRequest.newBuilder()
                        .setRef(Wire.reference(namespace, name, version))
                        .build()));
    }

    /**
     * Sends events to whoever listens; returns when they are stored. All are, or none.
     *
     * @param events CloudEvents 1.0 in their JSON format
     * @return how many were new; the others have the source and id of an event that had come before
     * @throws OrquestraxException {@code invalid-event}, with the position of the first that is none
     */
    public int publish(List<String> events) {
        PublishEventsRequest.Builder request = PublishEventsRequest.newBuilder();
        events.forEach(event -> request.addEvents(ByteString.copyFromUtf8(event)));
        return read(WorkflowServiceGrpc.getPublishEventsMethod(), request.build())
                .getAccepted();
    }

    /** Starts the highest version with this input, as {@link Payload#of} takes it. */
    public Instance start(String namespace, String name, @Nullable Object input) {
        return start(StartRequest.of(namespace, name).withInput(input));
    }

    /**
     * Returns when the start is durable.
     *
     * <p>A client has a few thousand starts under way at a time; more of them wait for their turn.
     *
     * @throws OrquestraxException {@code definition-not-found}, {@code key-conflict} …; {@code overloaded} where the
     *     server takes no more, or so many starts of this client wait that one more would hardly be answered in time
     */
    public Instance start(StartRequest request) {
        return Calls.join(startAsync(request));
    }

    /** As {@link #start(StartRequest)}, without holding a thread. */
    public CompletableFuture<Instance> startAsync(StartRequest request) {
        if (calls.isStartHopeless(deadline)) {
            return CompletableFuture.failedFuture(Problems.tooManyStarts());
        }
        StartInstanceRequest message = Wire.start(request);
        if (request.key() != null) {
            return calls.send(
                    WorkflowServiceGrpc.getStartInstanceMethod(),
                    message,
                    Repetition.IDEMPOTENT,
                    deadline,
                    Wire::instance);
        }
        return startWithId(message, deadline);
    }

    /** Without a key it is the id by which the server knows that it was asked before. */
    private CompletableFuture<Instance> startWithId(StartInstanceRequest message, Duration within) {
        StartInstanceRequest first =
                message.toBuilder().setId(InstanceIds.next().toString()).build();
        return calls.sendUntilAnswered(
                WorkflowServiceGrpc.getStartInstanceMethod(),
                first,
                first.toBuilder().setAgain(true).build(),
                within,
                Wire::instance);
    }

    /**
     * Starts an instance and waits until it is closed, in one call where that can be.
     *
     * @return as of {@link #await}
     * @throws OrquestraxException as of {@link #start(StartRequest)}
     */
    public Instance run(StartRequest request, Duration limit) {
        return Calls.join(runAsync(request, limit));
    }

    /** As {@link #run}, without holding a thread. */
    public CompletableFuture<Instance> runAsync(StartRequest request, Duration limit) {
        if (calls.isStartHopeless(deadline)) {
            return CompletableFuture.failedFuture(Problems.tooManyStarts());
        }
        // Once the instance is closed its key is free: a call for both that is repeated then would start another one.
        return request.key() == null
                ? waits.afterStart(wait -> startWithId(Wire.start(request, wait), wait.plus(deadline)), limit)
                : waits.afterStart(wait -> startAsync(request), limit);
    }

    /**
     * An instance as it is now.
     *
     * @throws OrquestraxException {@code instance-not-found}
     */
    public Instance instance(String id) {
        return Calls.join(instanceAsync(id));
    }

    /** As {@link #instance}, without holding a thread. */
    public CompletableFuture<Instance> instanceAsync(String id) {
        return calls.send(
                WorkflowServiceGrpc.getGetInstanceMethod(),
                GetInstanceRequest.newBuilder().setId(id).build(),
                Repetition.IDEMPOTENT,
                deadline,
                Wire::instance);
    }

    /** Newest first, without input and output. */
    public Pages<Instance> instances(InstanceQuery query) {
        return new Pages<>(token -> {
            var response = read(WorkflowServiceGrpc.getListInstancesMethod(), Wire.list(query, token));
            return new Page<>(
                    response.getInstancesList().stream().map(Wire::instance).toList(), response.getNextPageToken());
        });
    }

    /** The instance's events, oldest first. */
    public Pages<HistoryEvent> history(String id) {
        return history(id, 0);
    }

    /** The instance's events after a sequence number, oldest first. */
    public Pages<HistoryEvent> history(String id, long afterSequence) {
        return new Pages<>(token -> {
            var response = read(
                    WorkflowServiceGrpc.getGetHistoryMethod(),
                    GetHistoryRequest.newBuilder()
                            .setId(id)
                            .setAfterSequence(token.isEmpty() ? afterSequence : Long.parseLong(token))
                            .build());
            long next = response.getNextAfterSequence();
            return new Page<>(
                    response.getEventsList().stream().map(Wire::event).toList(), next == 0 ? "" : Long.toString(next));
        });
    }

    /** The steps of an instance with their present state, oldest first. */
    public List<Activation> activations(String id) {
        var response = read(
                WorkflowServiceGrpc.getListActivationsMethod(),
                ListActivationsRequest.newBuilder().setId(id).build());
        return response.getActivationsList().stream().map(Wire::activation).toList();
    }

    /**
     * Waits until the instance is closed.
     *
     * @return the closed instance; or, when the time is over, the open one as it is then
     */
    public Instance await(String id, Duration limit) {
        return Calls.join(awaitAsync(id, limit));
    }

    /** As {@link #await}, without holding a thread. */
    public CompletableFuture<Instance> awaitAsync(String id, Duration limit) {
        return waits.until(id, limit);
    }

    /** Hands each change of the instance to the consumer until it is closed. */
    public Watch watch(String id, Consumer<InstanceUpdate> consumer) {
        Watch watch = new Watch(channel, id, consumer);
        watch.open();
        return watch;
    }

    /**
     * Ends the instance: what runs is stopped, and nothing more begins.
     *
     * @param reason for people; null for none
     * @throws OrquestraxException {@code instance-closed}
     */
    public Instance cancel(String id, @Nullable String reason) {
        return wish(Wish.CANCEL, id, reason);
    }

    /** As {@link #cancel}: nothing new begins in the instance until it is resumed. */
    public Instance suspend(String id, @Nullable String reason) {
        return wish(Wish.SUSPEND, id, reason);
    }

    /**
     * As {@link #cancel}.
     *
     * @throws OrquestraxException {@code instance-not-suspended}
     */
    public Instance resume(String id, @Nullable String reason) {
        return wish(Wish.RESUME, id, reason);
    }

    /**
     * Runs a faulted instance again from the task that failed.
     *
     * @throws OrquestraxException {@code instance-not-faulted}
     */
    public Instance retry(String id, @Nullable String reason) {
        return act(WorkflowServiceGrpc.getRetryInstanceMethod(), id, reason, Repetition.ONCE);
    }

    /** The workers that are connected, to whichever node. */
    public List<ConnectedWorker> workers() {
        var response = read(WorkflowServiceGrpc.getListWorkersMethod(), ListWorkersRequest.getDefaultInstance());
        return response.getWorkersList().stream().map(Wire::worker).toList();
    }

    public Cluster cluster() {
        return Wire.cluster(read(WorkflowServiceGrpc.getGetClusterMethod(), GetClusterRequest.getDefaultInstance()));
    }

    /** Closes the connection; calls under way have two seconds to end. */
    @Override
    public void close() {
        channel.shutdown();
        try {
            if (!channel.awaitTermination(2, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private <Q, R> R read(MethodDescriptor<Q, R> method, Q request) {
        return Calls.join(calls.send(method, request, Repetition.IDEMPOTENT, deadline));
    }

    private Instance act(
            MethodDescriptor<ActOnInstanceRequest, io.orquestrax.protocol.v1.Instance> method,
            String id,
            @Nullable String reason,
            Repetition repetition) {
        ActOnInstanceRequest request = ActOnInstanceRequest.newBuilder()
                .setId(id)
                .setReason(reason == null ? "" : reason)
                .build();
        return Wire.instance(Calls.join(calls.send(method, request, repetition, deadline)));
    }

    private Instance wish(Wish wish, String id, @Nullable String reason) {
        try {
            return act(wish.method(), id, reason, Repetition.ONCE);
        } catch (OrquestraxException lost) {
            if (!lost.is(ErrorCode.UNAVAILABLE)) {
                throw lost;
            }
        }
        try {
            return act(wish.method(), id, reason, Repetition.IDEMPOTENT);
        } catch (OrquestraxException refused) {
            Instance now = refused.is(wish.refusal()) ? instance(id) : null;
            if (now == null || !wish.isDone().test(now.status())) {
                throw refused;
            }
            return now;
        }
    }

    /** What a client is made of; not thread-safe. */
    public static final class Builder {
        private ChannelSettings settings;
        private Duration deadline = Duration.ofSeconds(30);

        private Builder(ChannelSettings settings) {
            this.settings = settings;
        }

        /** TLS with the platform's trusted certificates. */
        public Builder tls() {
            settings = settings.withTls(null);
            return this;
        }

        /**
         * TLS with these trusted certificates only.
         *
         * @param trustedCertificates PEM file
         */
        public Builder tls(Path trustedCertificates) {
            settings = settings.withTls(trustedCertificates);
            return this;
        }

        /** The longest time of a call, its repetitions included; 30 seconds unless set. */
        public Builder deadline(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("Expected a deadline longer than nothing, but got " + value);
            }
            deadline = value;
            return this;
        }

        /** For instance to add a token to each call. */
        public Builder interceptor(ClientInterceptor interceptor) {
            settings = settings.withInterceptor(interceptor);
            return this;
        }

        /** Largest message that is taken from the server; 64 MiB unless set. */
        public Builder maxInboundBytes(int bytes) {
            settings = settings.withMaxInboundBytes(bytes);
            return this;
        }

        public OrquestraxClient build() {
            return new OrquestraxClient(this);
        }
    }
}

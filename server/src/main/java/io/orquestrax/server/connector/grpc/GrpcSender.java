package io.orquestrax.server.connector.grpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Destination;
import io.orquestrax.server.connector.http.Destinations;
import io.orquestrax.server.connector.http.Trust;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Makes calls, within the limits and to the hosts that the operator set. Thread-safe. */
final class GrpcSender implements AutoCloseable {
    private final Destinations destinations;
    private final GrpcLimits limits;
    private final ChannelCredentials tls;
    private final String userAgent;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    GrpcSender(Destinations destinations, GrpcLimits limits, Trust trust, String userAgent) {
        this.destinations = destinations;
        this.limits = limits;
        this.tls = TlsChannelCredentials.newBuilder()
                .trustManager(trust.managers())
                .build();
        this.userAgent = userAgent;
    }

    /**
     * What goes out.
     *
     * @param port negative for the scheme's own
     */
    record Request(
            boolean isTls,
            String host,
            int port,
            MethodDescriptor method,
            List<DynamicMessage> messages,
            Metadata metadata) {

        Request with(Metadata.Key<String> name, String value) {
            Metadata more = new Metadata();
            more.merge(metadata);
            more.put(name, value);
            return new Request(isTls, host, port, method, messages, more);
        }

        String authority() {
            return port < 0 ? host : host + ":" + port;
        }
    }

    /**
     * Blocks until the answer is complete.
     *
     * @throws ConnectorFailure where there is none, or one that is too long, or the host may not be called
     */
    List<DynamicMessage> send(Request request, GrpcFailures failures) throws ConnectorFailure, InterruptedException {
        String scheme = request.isTls() ? "https" : "http";
        Destination destination = destinations.of(scheme, request.host(), request.port());
        GrpcAnswer answer = null;
        for (InetAddress address : destination.addresses()) {
            answer = send(request, destination, address);
            if (!isNotConnected(answer.status())) {
                break;
            }
            // Nothing was sent, so that the next address may be tried.
        }
        if (answer == null) {
            throw ConnectorFailure.communication(
                    "Host not found", "Expected the host " + request.host() + " to have an address, but it has none.");
        }
        if (answer.isTooLarge()) {
            throw ConnectorFailure.communication(
                    "Response too large",
                    "Expected " + failures.call() + " to answer with at most " + limits.maxMessages()
                            + " messages of together at most " + limits.responseMaxBytes()
                            + " bytes, but there is more.");
        }
        if (!answer.status().isOk()) {
            throw failures.of(answer.status(), answer.trailers());
        }
        return answer.messages();
    }

    private GrpcAnswer send(Request request, Destination destination, InetAddress address) throws InterruptedException {
        boolean isTls = destination.scheme().equals("https");
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(address, destination.port()),
                        isTls ? tls : InsecureChannelCredentials.create())
                .overrideAuthority(request.authority())
                .executor(threads)
                .userAgent(userAgent)
                // Proxies of the environment would be another way to the network than the one that was checked.
                .proxyDetector(_ -> null)
                .disableRetry()
                .maxInboundMessageSize(limits.responseMaxBytes())
                .maxInboundMetadataSize(GrpcLimits.MAX_METADATA_BYTES)
                .build();
        try {
            return send(request, channel);
        } finally {
            channel.shutdownNow();
        }
    }

    private GrpcAnswer send(Request request, ManagedChannel channel) throws InterruptedException {
        ClientCall<DynamicMessage, DynamicMessage> call = channel.newCall(
                method(request.method()),
                CallOptions.DEFAULT.withDeadlineAfter(limits.timeout().toNanos(), TimeUnit.NANOSECONDS));
        GrpcAnswer answer = new GrpcAnswer(call, limits);
        try {
            Metadata metadata = new Metadata();
            metadata.merge(request.metadata());
            call.start(answer, metadata);
            call.request(1);
            request.messages().forEach(call::sendMessage);
            call.halfClose();
            answer.await();
            return answer;
        } catch (InterruptedException cancelled) {
            call.cancel("Cancelled", cancelled);
            throw cancelled;
        }
    }

    private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> method(MethodDescriptor method) {
        return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(type(method))
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
    }

    private static io.grpc.MethodDescriptor.MethodType type(MethodDescriptor method) {
        if (method.isClientStreaming()) {
            return method.isServerStreaming()
                    ? io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING
                    : io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING;
        }
        return method.isServerStreaming()
                ? io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING
                : io.grpc.MethodDescriptor.MethodType.UNARY;
    }

    static boolean isNotConnected(Status status) {
        Throwable cause = status.getCause();
        while (cause != null) {
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

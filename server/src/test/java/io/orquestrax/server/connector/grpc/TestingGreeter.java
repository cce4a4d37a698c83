package io.orquestrax.server.connector.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import greeting.v1.Everything;
import greeting.v1.GreeterGrpc;
import greeting.v1.HelloReply;
import greeting.v1.HelloRequest;
import greeting.v1.Number;
import io.grpc.Context;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A gRPC server on the loopback, of code that protoc generated; the name in a request says what it does with it. */
public final class TestingGreeter extends GreeterGrpc.GreeterImplBase implements AutoCloseable {
    private final Server server;
    private final BlockingQueue<Metadata> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    public TestingGreeter() {
        this(InsecureServerCredentials.create());
    }

    TestingGreeter(ServerCredentials credentials) {
        try {
            server = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
                    .addService(this)
                    .intercept(new Recorder())
                    .build()
                    .start();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** The metadata of calls in their order. */
    public BlockingQueue<Metadata> asked() {
        return asked;
    }

    /** Counts down when a call is over, for a client that waits because it ended it. */
    public CountDownLatch cancelled() {
        return cancelled;
    }

    /** Lets calls that wait go on. */
    public void release() {
        released.countDown();
    }

    @Override
    public void sayHello(HelloRequest request, StreamObserver<HelloReply> answer) {
        switch (request.getName()) {
            case "nobody" ->
                answer.onError(
                        Status.NOT_FOUND.withDescription("no such person").asException());
            case "details" ->
                answer.onError(StatusProto.toStatusException(com.google.rpc.Status.newBuilder()
                        .setCode(Code.INVALID_ARGUMENT_VALUE)
                        .setMessage("bad name")
                        .addDetails(Any.pack(BadRequest.newBuilder()
                                .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                                        .setField("name")
                                        .setDescription("is reserved"))
                                .build()))
                        .build()));
            case "large" -> reply(answer, "x".repeat(3_000_000));
            case "wait" ->
                Thread.ofVirtual().start(() -> {
                    try {
                        released.await();
                        reply(answer, "Sorry, I am late");
                    } catch (InterruptedException | RuntimeException over) {
                        // The call is over.
                    }
                });
            case "only token-2" -> {
                String shown = shown();
                if (shown.equals("Bearer token-2")) {
                    reply(answer, shown);
                } else {
                    answer.onError(Status.UNAUTHENTICATED
                            .withDescription("not " + shown)
                            .asException());
                }
            }
            case "token" -> reply(answer, shown());
            default -> reply(answer, "Hello " + request.getName());
        }
    }

    /** By the last call. */
    private String shown() {
        List<Metadata> all = List.copyOf(asked);
        return String.valueOf(all.getLast().get(key("authorization")));
    }

    private static void reply(StreamObserver<HelloReply> answer, String text) {
        answer.onNext(HelloReply.newBuilder().setText(text).build());
        answer.onCompleted();
    }

    @Override
    public void echo(Everything request, StreamObserver<Everything> answer) {
        answer.onNext(request);
        answer.onCompleted();
    }

    /** From 1 to the number; without an end for a negative one. */
    @Override
    public void count(Number request, StreamObserver<Number> answer) {
        ServerCallStreamObserver<Number> stream = (ServerCallStreamObserver<Number>) answer;
        Thread.ofVirtual().start(() -> {
            for (long value = 1; request.getValue() < 0 || value <= request.getValue(); value++) {
                while (!stream.isReady() && !stream.isCancelled()) {
                    Thread.onSpinWait();
                }
                if (stream.isCancelled()) {
                    return;
                }
                stream.onNext(Number.newBuilder().setValue(value).build());
            }
            stream.onCompleted();
        });
    }

    @Override
    public StreamObserver<Number> sum(StreamObserver<Number> answer) {
        return new Received<>() {
            private long sum;

            @Override
            public void onNext(Number number) {
                sum += number.getValue();
            }

            @Override
            public void onCompleted() {
                answer.onNext(Number.newBuilder().setValue(sum).build());
                answer.onCompleted();
            }
        };
    }

    @Override
    public StreamObserver<HelloRequest> chat(StreamObserver<HelloReply> answer) {
        return new Received<>() {
            @Override
            public void onNext(HelloRequest request) {
                answer.onNext(HelloReply.newBuilder()
                        .setText("Hello " + request.getName())
                        .build());
            }

            @Override
            public void onCompleted() {
                answer.onCompleted();
            }
        };
    }

    @Override
    public void nothing(Empty request, StreamObserver<Empty> answer) {
        answer.onNext(request);
        answer.onCompleted();
    }

    public static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private abstract static class Received<T> implements StreamObserver<T> {
        @Override
        public void onError(Throwable clientIsGone) {}
    }

    private final class Recorder implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            asked.add(headers);
            Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
            return next.startCall(call, headers);
        }
    }

    @Override
    public void close() {
        released.countDown();
        server.shutdownNow();
    }
}

package io.orquestrax.conformance;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A gRPC server that stands in for the greeter of the specification's example. */
final class GreeterStandIn implements AutoCloseable {
    /** What the example's document would say. */
    static final String PROTO = """
            syntax = "proto3";

            package GreeterApi;

            service Greeter {
              rpc SayHello(HelloRequest) returns (HelloReply);
            }

            message HelloRequest {
              string name = 1;
            }

            message HelloReply {
              string message = 1;
            }
            """;

    private final Descriptor request = message("name");
    private final Descriptor reply = message("message");
    private final Server server;

    GreeterStandIn() {
        MethodDescriptor<DynamicMessage, DynamicMessage> method =
                MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("GreeterApi.Greeter/SayHello")
                        .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(request)))
                        .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(reply)))
                        .build();
        ServerServiceDefinition service = ServerServiceDefinition.builder("GreeterApi.Greeter")
                .addMethod(method, ServerCalls.asyncUnaryCall((message, answer) -> {
                    String name = String.valueOf(message.getField(request.findFieldByName("name")));
                    if (name.isEmpty()) {
                        answer.onError(Status.INVALID_ARGUMENT
                                .withDescription("a name is needed")
                                .asException());
                        return;
                    }
                    answer.onNext(DynamicMessage.newBuilder(reply)
                            .setField(reply.findFieldByName("message"), "Hello " + name)
                            .build());
                    answer.onCompleted();
                }))
                .build();
        try {
            server = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            InsecureServerCredentials.create())
                    .addService(service)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    private static Descriptor message(String field) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Message");
        message.addFieldBuilder().setName(field).setNumber(1).setType(FieldDescriptorProto.Type.TYPE_STRING);
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName(field + ".proto")
                .setSyntax("proto3")
                .addMessageType(message)
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Message");
        } catch (DescriptorValidationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}

package io.orquestrax.server.connector.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.squareup.wire.Syntax;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OptionElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.RpcElement;
import com.squareup.wire.schema.internal.parser.ServiceElement;
import com.squareup.wire.schema.internal.parser.TypeElement;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.List;

/**
 * The text of one proto document, proto2 or proto3, as protobuf's own description of it. Names are left as they are
 * written: protobuf looks them up when it links files.
 */
final class ProtoText {
    private ProtoText() {}

    /**
     * @param path by which others import it
     * @throws ConnectorFailure configuration, with the place of the mistake
     */
    static FileDescriptorProto read(String path, String text) throws ConnectorFailure {
        ProtoFileElement file;
        try {
            file = ProtoParser.Companion.parse(Location.get(path), text);
        } catch (RuntimeException | StackOverflowError malformed) {
            throw InvalidProto.document("Expected a proto document, but " + path + " is none: "
                    + (malformed instanceof StackOverflowError ? "it nests too deep" : malformed.getMessage()));
        }
        return described(path, file);
    }

    private static FileDescriptorProto described(String path, ProtoFileElement file) throws ConnectorFailure {
        boolean isThird = file.getSyntax() == Syntax.PROTO_3;
        FileDescriptorProto.Builder described =
                FileDescriptorProto.newBuilder().setName(path).setSyntax(isThird ? "proto3" : "proto2");
        if (file.getPackageName() != null) {
            described.setPackage(file.getPackageName());
        }
        described.addAllDependency(file.getImports());
        for (String name : file.getPublicImports()) {
            described.addPublicDependency(described.getDependencyCount());
            described.addDependency(name);
        }
        described.addAllDependency(file.getWeakImports());
        for (TypeElement type : file.getTypes()) {
            switch (type) {
                case MessageElement message -> described.addMessageType(message(message, isThird));
                case EnumElement each -> described.addEnumType(enumeration(each));
                default -> throw unknown(type);
            }
        }
        file.getServices().forEach(service -> described.addService(service(service)));
        return described.build();
    }

    private static DescriptorProto message(MessageElement message, boolean isThird) throws ConnectorFailure {
        if (!message.getGroups().isEmpty()) {
            throw InvalidProto.document("Expected a message without groups, but " + message.getName()
                    + " has one, which is not supported.");
        }
        DescriptorProto.Builder described = DescriptorProto.newBuilder().setName(message.getName());
        for (TypeElement type : message.getNestedTypes()) {
            switch (type) {
                case MessageElement nested -> described.addNestedType(message(nested, isThird));
                case EnumElement each -> described.addEnumType(enumeration(each));
                default -> throw unknown(type);
            }
        }
        new ProtoFields(described, isThird).addAll(message);
        return described.build();
    }

    private static EnumDescriptorProto enumeration(EnumElement element) {
        EnumDescriptorProto.Builder described = EnumDescriptorProto.newBuilder().setName(element.getName());
        described.getOptionsBuilder().setAllowAlias(isTrue(element.getOptions(), "allow_alias"));
        element.getConstants()
                .forEach(constant ->
                        described.addValueBuilder().setName(constant.getName()).setNumber(constant.getTag()));
        return described.build();
    }

    private static ServiceDescriptorProto service(ServiceElement service) {
        ServiceDescriptorProto.Builder described =
                ServiceDescriptorProto.newBuilder().setName(service.getName());
        for (RpcElement method : service.getRpcs()) {
            described
                    .addMethodBuilder()
                    .setName(method.getName())
                    .setInputType(method.getRequestType())
                    .setOutputType(method.getResponseType())
                    .setClientStreaming(method.getRequestStreaming())
                    .setServerStreaming(method.getResponseStreaming());
        }
        return described.build();
    }

    static boolean isTrue(List<OptionElement> options, String name) {
        return options.stream()
                .anyMatch(option -> option.getName().equals(name)
                        && String.valueOf(option.getValue()).equals("true"));
    }

    private static IllegalStateException unknown(TypeElement type) {
        return new IllegalStateException("Expected a message or an enumeration, but got " + type.getClass());
    }
}

package io.orquestrax.server.connector.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.TypeRegistry;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A document with all that it imports, linked.
 *
 * @param source where it was read, for messages
 * @param types by which the contents of {@code google.protobuf.Any} are known
 */
record ProtoDocument(String source, FileDescriptor file, TypeRegistry types) {

    /**
     * @param service with its package, or without where it stands in that of the document
     * @throws ConnectorFailure configuration, that names what there is
     */
    MethodDescriptor method(String service, String method) throws ConnectorFailure {
        ServiceDescriptor found = file.getServices().stream()
                .filter(each -> each.getFullName().equals(service)
                        || each.getName().equals(service)
                        || each.getFullName().endsWith("." + service))
                .findFirst()
                .orElseThrow(() -> InvalidProto.call("Expected a service of " + source + ", but \"" + service
                        + "\" is none; it has "
                        + listed(file.getServices().stream()
                                .map(ServiceDescriptor::getFullName)
                                .toList())
                        + "."));
        MethodDescriptor known = found.findMethodByName(method);
        if (known == null) {
            throw InvalidProto.call("Expected a method of the service " + found.getFullName() + ", but \"" + method
                    + "\" is none; it has "
                    + listed(found.getMethods().stream()
                            .map(MethodDescriptor::getName)
                            .toList())
                    + ".");
        }
        return known;
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
    }
}

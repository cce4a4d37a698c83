package io.orquestrax.server.connector.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import java.util.Base64;

/**
 * Messages in protobuf's JSON mapping: 64-bit numbers are texts, well-known types have forms of their own, and fields
 * without presence are there even where they have their default.
 */
final class ProtoJson {
    private final JsonFormat.Parser parser;
    private final JsonFormat.Printer printer;

    ProtoJson(TypeRegistry types) {
        this.parser = JsonFormat.parser().usingTypeRegistry(types);
        this.printer = JsonFormat.printer()
                .usingTypeRegistry(types)
                .alwaysPrintFieldsWithNoPresence()
                .omittingInsignificantWhitespace();
    }

    /**
     * @throws ConnectorFailure validation, where the value is no such message
     */
    DynamicMessage message(Descriptor type, JsonNode value) throws ConnectorFailure {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        try {
            parser.merge(Json.write(value), message);
        } catch (InvalidProtocolBufferException | RuntimeException unfit) {
            throw InvalidProto.arguments("Expected arguments that are a " + type.getFullName() + ", but they are not: "
                    + unfit.getMessage());
        }
        return message.build();
    }

    /**
     * @throws ConnectorFailure communication, where something in the message has a type that nobody described
     */
    JsonNode json(Message message) throws ConnectorFailure {
        try {
            return Json.readTrusted(printer.print(message));
        } catch (InvalidProtocolBufferException | RuntimeException unknown) {
            throw ConnectorFailure.communication(
                    "Malformed answer",
                    "Expected an answer that can be shown as JSON, but it cannot: " + unknown.getMessage() + ".");
        }
    }

    /** A detail of an error; one of an unknown type with its bytes in base64. */
    JsonNode detail(Any detail) {
        try {
            return Json.readTrusted(printer.print(detail));
        } catch (InvalidProtocolBufferException | RuntimeException unknown) {
            return Json.NODES
                    .objectNode()
                    .put("@type", detail.getTypeUrl())
                    .put(
                            "value",
                            Base64.getEncoder().encodeToString(detail.getValue().toByteArray()));
        }
    }
}

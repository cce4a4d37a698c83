package io.orquestrax.server.connector.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import greeting.v1.Everything;
import io.orquestrax.protocol.v1.WorkerMessage;
import io.orquestrax.server.connector.ConnectorFailure;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents are understood as protoc understands them, and what is wrong with one is told. */
class ProtoLinkerTest {
    private static final String ROOT = "http://host/any/protos/";
    private static final int MAX_BYTES = 1_000_000;

    private final Map<String, String> texts = new HashMap<>();

    @Test
    void describesMessagesAsProtocDoes() throws Exception {
        assertThat(shape(linked("greeting/v1/greeter.proto")))
                .isEqualTo(shape(Everything.getDescriptor().getFile()));
    }

    @Test
    void describesTheServicesOfThisProjectAsProtocDoes() throws Exception {
        assertThat(shape(linked("orquestrax/v1/worker_service.proto")))
                .isEqualTo(shape(WorkerMessage.getDescriptor().getFile()));
    }

    @Test
    void readsProtoOfTheSecondSyntax() throws Exception {
        texts.put("a.proto", """
                syntax = "proto2";
                message A {
                  required string name = 1;
                  optional int32 size = 2 [default = 7];
                  repeated int32 packed = 3 [packed = true];
                  repeated int32 apart = 4;
                  extensions 100 to 200;
                }
                """);

        Descriptor message = linked("a.proto").findMessageTypeByName("A");

        assertThat(message.findFieldByName("name").isRequired()).isTrue();
        assertThat(message.findFieldByName("size").getDefaultValue()).isEqualTo(7);
        assertThat(message.findFieldByName("packed").isPacked()).isTrue();
        assertThat(message.findFieldByName("apart").isPacked()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            message A {                                              | a.proto
            message A { Unknown x = 1; }                             | Unknown
            import "b.proto"; import "c.proto";                      | c.proto
            syntax = "proto3"; message A { string x = 1; int32 y = 1; } | A
            message A { optional group G = 1 { } }                   | groups
            edition = "2023";                                        | a.proto
            import "d.proto";                                        | imports itself
            import "http://other/x.proto";                           | imports by a path
            import "../../x.proto";                                  | imports by a path
            """)
    void saysWhatIsWrong(String text, String expected) {
        texts.put("a.proto", text);
        texts.put("b.proto", "message B {}");
        texts.put("d.proto", "import \"e.proto\";");
        texts.put("e.proto", "import \"d.proto\";");

        ConnectorFailure failure = catchThrowableOfType(ConnectorFailure.class, () -> linked("a.proto"));

        assertThat(failure.error().title()).isEqualTo("Invalid proto document");
        assertThat(failure.error().status()).isEqualTo(400);
        assertThat(failure.error().detail()).contains(expected);
    }

    @Test
    void boundsWhatADocumentImports() {
        texts.put("a.proto", "import \"b.proto\"; // " + "x".repeat(MAX_BYTES / 2));
        texts.put("b.proto", "// " + "x".repeat(MAX_BYTES / 2));

        ConnectorFailure failure = catchThrowableOfType(ConnectorFailure.class, () -> linked("a.proto"));

        assertThat(failure.error().detail()).contains("too long");
    }

    private FileDescriptor linked(String path) throws Exception {
        return new ProtoLinker(URI.create(ROOT + path), this::read, MAX_BYTES)
                .link()
                .file();
    }

    private String read(URI uri, int maxBytes) throws ConnectorFailure {
        String path = uri.toString().startsWith(ROOT) ? uri.toString().substring(ROOT.length()) : "none";
        String read = Optional.ofNullable(texts.get(path))
                .or(() -> TestingProtos.find(path))
                .orElseThrow(() -> InvalidProto.document("nothing there"));
        if (read.length() > maxBytes) {
            throw InvalidProto.document("too long");
        }
        return read;
    }

    /** All that makes a difference on the wire or in JSON. */
    private static List<String> shape(FileDescriptor file) {
        List<String> shape = new ArrayList<>();
        file.getMessageTypes().forEach(message -> add(shape, message));
        file.getEnumTypes().forEach(each -> add(shape, each));
        file.getServices()
                .forEach(service -> service.getMethods()
                        .forEach(method -> shape.add(method.getFullName() + " "
                                + method.getInputType().getFullName() + " " + method.isClientStreaming() + " "
                                + method.getOutputType().getFullName() + " " + method.isServerStreaming())));
        return shape;
    }

    private static void add(List<String> shape, Descriptor message) {
        shape.add(message.getFullName() + " " + message.getOptions().getMapEntry());
        message.getFields().stream()
                .sorted(Comparator.comparing(FieldDescriptor::getNumber))
                .forEach(field -> shape.add(field(field)));
        message.getOneofs().forEach(choice -> shape.add(choice.getFullName()));
        // Entries of maps stand among the nested types in another order.
        Map<String, Descriptor> nested = new TreeMap<>();
        message.getNestedTypes().forEach(each -> nested.put(each.getName(), each));
        nested.values().forEach(each -> add(shape, each));
        message.getEnumTypes().forEach(each -> add(shape, each));
    }

    private static void add(List<String> shape, EnumDescriptor enumeration) {
        enumeration
                .getValues()
                .forEach(value ->
                        shape.add(value.getFullName() + " " + value.getNumber() + " " + enumeration.isClosed()));
    }

    private static String field(FieldDescriptor field) {
        String type = switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> "";
        };
        return String.join(
                " ",
                field.getFullName(),
                String.valueOf(field.getNumber()),
                field.getType().name(),
                type,
                String.valueOf(field.isRepeated()),
                String.valueOf(field.isPacked()),
                String.valueOf(field.hasPresence()),
                field.getJsonName(),
                field.getContainingOneof() == null
                        ? ""
                        : field.getContainingOneof().getName());
    }
}

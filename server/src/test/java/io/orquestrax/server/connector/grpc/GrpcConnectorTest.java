package io.orquestrax.server.connector.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Metadata;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.settings.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code call: grpc} against a server that protoc generated the code of. */
@Timeout(60)
class GrpcConnectorTest {
    private final TestingSite site = TestingProtos.on(new TestingSite());
    private final TestingGreeter greeter = new TestingGreeter();
    private final TestingConnectors connectors =
            TestingConnectors.of(Map.of(), Map.of("ORQUESTRAX_SECRET_KEY", "s3cret-key"));

    @AfterEach
    void close() {
        connectors.close();
        greeter.close();
        site.close();
    }

    @Test
    void callsAMethod() throws Exception {
        assertThat(call("SayHello", "{'name':'Ada'}")).hasToString("{\"text\":\"Hello Ada\"}");

        Metadata metadata = greeter.asked().take();
        assertThat(metadata.get(TestingGreeter.key("idempotency-key"))).isEqualTo("instance-1.7");
        assertThat(metadata.get(TestingGreeter.key("user-agent"))).startsWith("OrquestraX/test ");
        assertThat(metadata.get(TestingGreeter.key("grpc-timeout"))).isNotBlank();
    }

    @Test
    void keepsEveryKindOfValue() throws Exception {
        String all = """
                {"aDouble":1.5,"aFloat":0.25,"anInt32":-7,"anInt64":"9007199254740993","aUint32":4294967295,
                "aUint64":"18446744073709551615","aSint32":-1,"aSint64":"-9007199254740993","aFixed32":1,
                "aFixed64":"2","aSfixed32":-3,"aSfixed64":"-4","aBool":true,"aString":"ä€😀","someBytes":"AAH/",
                "mood":"MOOD_HAPPY","inner":{"kind":"FANCY","inner":[{"kind":"PLAIN","inner":[]}]},"numbers":[1,2,3],
                "unpacked":[4,5],"counts":{"a":"1","b":"2"},"innersById":{"7":{"kind":"FANCY","inner":[]}},
                "right":{"kind":"FANCY","inner":[]},"maybe":0,"at":"2026-01-31T12:00:00.500Z","lasting":"1.500s",
                "any":{"@type":"type.googleapis.com/greeting.v1.HelloRequest","name":"Ada"},
                "struct":{"a":[1.0,null,"x"]},"value":"free","list":[true],"boxed":"12","text":"t","mask":"aFloat,inner.kind",
                "otherwise":"json name","kind":"FANCY"}
                """;

        JsonNode answer = call("Echo", all.replace('\n', ' ').replace('"', '\''));

        assertThat(answer).isEqualTo(Json.readTrusted(all));
    }

    @Test
    void tellsDefaultsButNoFieldThatIsAbsent() throws Exception {
        JsonNode answer = call("Echo", "{}");

        assertThat(answer.path("anInt64").textValue()).isEqualTo("0");
        assertThat(answer.path("aString").textValue()).isEmpty();
        assertThat(answer.path("numbers")).isEmpty();
        assertThat(answer.path("mood").textValue()).isEqualTo("MOOD_UNSPECIFIED");
        assertThat(answer.has("maybe")).isFalse();
        assertThat(answer.has("inner")).isFalse();
        assertThat(answer.has("left")).isFalse();
        assertThat(answer.has("boxed")).isFalse();
    }

    @Test
    void takesNumbersForSixtyFourBitsAndNamesAsTheyAreWritten() throws Exception {
        assertThat(call("Echo", "{'an_int64':9007199254740993,'mood':2}")
                        .path("anInt64")
                        .textValue())
                .isEqualTo("9007199254740993");
    }

    @Test
    void collectsAStreamIntoAnArray() throws Exception {
        assertThat(call("Count", "{'value':3}")).hasToString("[{\"value\":\"1\"},{\"value\":\"2\"},{\"value\":\"3\"}]");
        assertThat(call("Count", "{'value':0}")).hasToString("[]");
    }

    @Test
    void sendsAListAsAStream() throws Exception {
        assertThat(call("Sum", "[{'value':3},{'value':4}]")).hasToString("{\"value\":\"7\"}");
        assertThat(call("Sum", "{'value':3}")).hasToString("{\"value\":\"3\"}");
        assertThat(call("Chat", "[{'name':'Ada'},{'name':'Grace'}]"))
                .hasToString("[{\"text\":\"Hello Ada\"},{\"text\":\"Hello Grace\"}]");
        assertThat(failure("SayHello", "[{'name':'Ada'}]").detail()).contains("it is a list");
    }

    @Test
    void callsWithoutArguments() throws Exception {
        assertThat(connectors.call("grpc", with("Nothing", "null", ""))).hasToString("{}");
    }

    @Test
    void sendsMetadataAndAuthentication() throws Exception {
        connectors.call(
                "grpc",
                "{'proto':{'endpoint':{'uri':'" + site.url("/protos/greeting/v1/greeter.proto") + "'}},"
                        + "'service':{'name':'Greeter','host':'127.0.0.1','port':" + greeter.port()
                        + ",'authentication':{'bearer':{'token':'abc'}}},'method':'SayHello',"
                        + "'headers':{'X-Tenant':'north','Idempotency-Key':'mine'}}");

        Metadata metadata = greeter.asked().take();
        assertThat(metadata.get(TestingGreeter.key("authorization"))).isEqualTo("Bearer abc");
        assertThat(metadata.get(TestingGreeter.key("x-tenant"))).isEqualTo("north");
        assertThat(metadata.getAll(TestingGreeter.key("idempotency-key"))).containsExactly("mine");
    }

    @Test
    void masksASecretThatTheServiceGivesBack() throws Exception {
        JsonNode answer = connectors.call(
                "grpc",
                with("SayHello", "{'name':'token'}", "")
                        .replace("'port'", "'authentication':{'bearer':{'secret':'key'}},'port'"));

        assertThat(answer).hasToString("{\"text\":\"Hello Bearer ***\"}".replace("Hello ", ""));
    }

    @Test
    void replacesATokenOnceThatTheServiceRefuses() throws Exception {
        AtomicInteger given = new AtomicInteger();
        site.on(
                "/oauth2/token",
                (exchange, asked) -> TestingSite.send(
                        exchange,
                        200,
                        "application/json",
                        "{\"access_token\":\"token-" + given.incrementAndGet() + "\"}"));
        String with = with("SayHello", "{'name':'only token-2'}", "")
                .replace(
                        "'port'",
                        "'authentication':{'oauth2':{'authority':'" + site.url("")
                                + "','grant':'client_credentials'}},'port'");

        assertThat(connectors.call("grpc", with)).hasToString("{\"text\":\"Bearer ***\"}");
        assertThat(given).hasValue(2);
        assertThat(greeter.asked()).hasSize(2);
    }

    @Test
    void takesNoDigest() {
        String with = with("SayHello", "{}", "")
                .replace("'port'", "'authentication':{'digest':{'username':'a','password':'b'}},'port'");

        assertThat(connectors.failure("grpc", with).detail()).contains("but it is digest");
    }

    @Test
    void failsWithTheStatusThatWasAnswered() {
        WorkflowError error = failure("SayHello", "{'name':'nobody'}");

        assertThat(error.type()).endsWith("/communication");
        assertThat(error.status()).isEqualTo(404);
        assertThat(error.title()).isEqualTo("gRPC NOT_FOUND");
        assertThat(error.detail()).contains("greeting.v1.Greeter.SayHello", "no such person");
        assertThat(error.members().get("grpc")).hasToString("{\"code\":\"NOT_FOUND\",\"message\":\"no such person\"}");
    }

    @Test
    void keepsTheDetailsOfAFailure() {
        WorkflowError error = failure("SayHello", "{'name':'details'}");

        assertThat(error.status()).isEqualTo(400);
        assertThat(requireNonNull(error.members().get("grpc"))
                        .path("details")
                        .get(0)
                        .toString())
                .contains("type.googleapis.com/google.rpc.BadRequest", "is reserved");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SayHello  | {'nam':'Ada'}      | 400 | Cannot find field: nam
            SayHello  | {'name':{}}        | 400 | HelloRequest
            Count     | {'value':'many'}   | 400 | Number
            Unknown   | {}                 | 400 | it has Chat, Count, Echo, Nothing, SayHello, Sum
            """)
    void namesWhatIsWrongWithACall(String method, String arguments, int status, String expected) {
        WorkflowError error = failure(method, arguments);

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.detail()).contains(expected);
    }

    @Test
    void namesTheServicesThatThereAre() {
        WorkflowError error =
                connectors.failure("grpc", with("SayHello", "{}", "").replace("greeting.v1.Greeter", "Other"));

        assertThat(error.detail()).contains("\"Other\" is none; it has greeting.v1.Greeter");
    }

    @Test
    void callsOnlyHostsThatMayBeCalled() {
        try (TestingConnectors open =
                TestingConnectors.of(Map.of("connectors.http.hosts.allowed", "127.0.0.1:" + site.port()), Map.of())) {
            WorkflowError error = open.failure("grpc", with("SayHello", "{}", ""));

            assertThat(error.status()).isEqualTo(403);
            assertThat(error.title()).isEqualTo("Host not allowed");
        }
    }

    @Test
    void readsADocumentFromTheOperatorsDirectory(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("app/greeting/v1"));
        for (String name : new String[] {"greeting/v1/greeter.proto", "greeting/v1/mood.proto"}) {
            Files.writeString(directory.resolve("app").resolve(name), TestingProtos.read(name));
        }
        try (TestingConnectors own =
                TestingConnectors.of(Map.of("connectors.files.directory", directory.toString()), Map.of())) {
            String with = with("SayHello", "{'name':'Ada'}", "");

            assertThat(own.call("grpc", from(with, "file://app/greeting/v1/greeter.proto")))
                    .hasToString("{\"text\":\"Hello Ada\"}");
            assertThat(own.call("grpc", from(with, "file:///app/greeting/v1/greeter.proto")))
                    .hasToString("{\"text\":\"Hello Ada\"}");
            assertThat(own.failure("grpc", from(with, "file://app/../../x.proto"))
                            .detail())
                    .contains("leads out of");
            Path outside = Files.writeString(
                    directory.resolveSibling(directory.getFileName() + ".proto"),
                    TestingProtos.read("greeting/v1/mood.proto"));
            Files.createSymbolicLink(directory.resolve("app/link.proto"), outside);
            Files.createSymbolicLink(
                    directory.resolve("app/inner.proto"), directory.resolve("app/greeting/v1/greeter.proto"));
            assertThat(own.failure("grpc", from(with, "file://app/link.proto")).detail())
                    .contains("leads out of");
            Files.delete(outside);
            assertThat(own.call("grpc", from(with, "file://app/inner.proto"))).hasToString("{\"text\":\"Hello Ada\"}");
            assertThat(connectors
                            .failure("grpc", from(with, "file://app/x.proto"))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void startsNotWithADirectoryThatIsNone(@TempDir Path directory) {
        Map<String, String> settings =
                Map.of("connectors.files.directory", directory.resolve("nope").toString());

        assertThatThrownBy(() -> TestingConnectors.of(settings, Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("connectors.files.directory")
                .hasMessageContaining("nope");
    }

    private String from(String with, String document) {
        return with.replace(site.url("/protos/greeting/v1/greeter.proto"), document);
    }

    private JsonNode call(String method, String arguments) throws Exception {
        return connectors.call("grpc", with(method, arguments, ""));
    }

    private WorkflowError failure(String method, String arguments) {
        return connectors.failure("grpc", with(method, arguments, ""));
    }

    private String with(String method, String arguments, String more) {
        return "{'proto':{'endpoint':{'uri':'" + site.url("/protos/greeting/v1/greeter.proto")
                + "'}},'service':{'name':'greeting.v1.Greeter','host':'127.0.0.1','port':" + greeter.port()
                + "},'method':'" + method + "','arguments':" + arguments + more + "}";
    }
}

package io.orquestrax.server.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.ConnectorCall;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.TestingConnectors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, and what becomes of the answer. */
class HttpConnectorTest {
    private static final String COMMUNICATION =
            "https://open-workflow-specification.org/spec/1.0.0/errors/communication";

    private final TestingSite site = new TestingSite();
    private final TestingConnectors connectors = TestingConnectors.onThisMachine();

    @AfterEach
    void close() {
        connectors.close();
        site.close();
    }

    @Test
    void answersWithTheJsonContentDigitByDigit() throws Exception {
        site.on("/pet", 200, "application/json; charset=utf-8", "{\"id\":9007199254740993,\"price\":1.10}");

        JsonNode output = connectors.http(get("/pet"));

        assertThat(output.toString()).isEqualTo("{\"id\":9007199254740993,\"price\":1.10}");
        TestingSite.Asked asked = site.asked();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.headers())
                .containsEntry("User-Agent", "OrquestraX/test")
                .containsEntry("Accept", "application/json, */*;q=0.8")
                .containsEntry("Host", "127.0.0.1:" + site.port())
                .doesNotContainKeys("Idempotency-Key", "Authorization", "Content-Type", "Upgrade", "Cookie");
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.api+json, '{\"a\":1}', '{\"a\":1}'",
        "text/plain, plain ü, '\"plain ü\"'",
        "text/html; charset=utf-8, <b>, '\"<b>\"'",
        "application/xml, <a/>, '\"<a/>\"'",
        "image/svg+xml, <svg/>, '\"<svg/>\"'",
        "application/octet-stream, bytes, '\"Ynl0ZXM=\"'",
        "application/json, '', null"
    })
    void readsContentAsItsTypeSays(String type, String body, String output) throws Exception {
        site.on("/", 200, type, body);

        assertThat(connectors.http(get("/")).toString()).isEqualTo(output);
    }

    @Test
    void answersWithBytesInBase64() throws Exception {
        site.on("/", 200, "application/json", "{\"a\":1}");

        JsonNode output = connectors.http("{'method':'get','endpoint':{'uri':'" + site.url("/") + "'},'output':'raw'}");

        assertThat(new String(Base64.getDecoder().decode(output.textValue()), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void answersWithTheWholeResponse() throws Exception {
        site.on("/", 201, "application/json", "{\"a\":1}");

        JsonNode output = connectors.http("{'method':'post','endpoint':{'uri':'" + site.url("/x?a=1")
                + "','authentication':{'basic':{'username':'ada','password':'engine'}}},'body':[1.10],"
                + "'headers':{'X-Trace':['a','b']},'query':{'q':'ü&','n':[1,2],'none':null},'output':'response'}");

        assertThat(output.path("statusCode").intValue()).isEqualTo(201);
        assertThat(output.path("content").toString()).isEqualTo("{\"a\":1}");
        assertThat(output.path("headers").path("content-type").textValue()).isEqualTo("application/json");
        JsonNode request = output.path("request");
        assertThat(request.path("method").textValue()).isEqualTo("POST");
        assertThat(request.path("uri").textValue()).isEqualTo(site.url("/x?a=1&q=%C3%BC%26&n=1&n=2"));
        assertThat(request.path("headers").path("x-trace").textValue()).isEqualTo("a, b");
        assertThat(request.path("headers").has("authorization")).isFalse();
        TestingSite.Asked asked = site.asked();
        assertThat(asked.target()).isEqualTo("/x?a=1&q=%C3%BC%26&n=1&n=2");
        assertThat(asked.body()).isEqualTo("[1.10]");
        assertThat(asked.headers())
                .containsEntry("Authorization", "Basic YWRhOmVuZ2luZQ==")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Idempotency-Key", "instance-1.7")
                .containsEntry("X-Trace", "a, b");
    }

    @Test
    void keepsWhatTheAuthorSet() throws Exception {
        site.on("/", 200, "text/plain", "");

        connectors.http(
                "{'method':'PUT','endpoint':'" + site.url("/") + "','body':'<a/>','headers':"
                        + "{'content-type':'application/xml','idempotency-key':'mine','user-agent':'me','accept':'text/plain'}}");

        TestingSite.Asked asked = site.asked();
        assertThat(asked.body()).isEqualTo("<a/>");
        assertThat(asked.headers())
                .containsEntry("Content-Type", "application/xml")
                .containsEntry("Idempotency-Key", "mine")
                .containsEntry("User-Agent", "me")
                .containsEntry("Accept", "text/plain");
    }

    @Test
    void sendsAnObjectAsAForm() throws Exception {
        site.on("/", 200, "text/plain", "");

        connectors.http("{'method':'post','endpoint':{'uri':'" + site.url("/")
                + "','authentication':{'bearer':{'token':'abc'}}},'body':{'a b':'1+1=2','c':[1.10,true]},"
                + "'headers':{'Content-Type':'application/x-www-form-urlencoded'}}");

        TestingSite.Asked asked = site.asked();
        assertThat(asked.body()).isEqualTo("a%20b=1%2B1%3D2&c=1.10&c=true");
        assertThat(asked.headers()).containsEntry("Authorization", "Bearer abc");
    }

    @Test
    void sendsWhatAHeaderCanCarry() throws Exception {
        site.on("/", 200, "application/json", "{}");

        JsonNode output = connectors.http(
                "{'method':'get','endpoint':'" + site.url("/") + "','headers':{'X-Name':'Zoé'},'output':'response'}");

        assertThat(output.at("/request/headers/x-name").textValue()).isEqualTo("Zoé");
    }

    @Test
    void failsWithTheStatusThatWasAnswered() {
        site.on("/", 404, "application/json", "{\"message\":\"no such pet\"}");

        WorkflowError error = connectors.httpFailure(get("/"));

        assertThat(error.type()).isEqualTo(COMMUNICATION);
        assertThat(error.status()).isEqualTo(404);
        assertThat(error.title()).isEqualTo("HTTP 404 Not Found");
        assertThat(error.detail())
                .isEqualTo("Expected GET " + site.url("/") + " to answer with a status from 200 to 299, but it answered"
                        + " 404 Not Found: {\"message\":\"no such pet\"}");
    }

    @Test
    void failsOnContentThatIsNotWhatItsTypeSays() {
        site.on("/", 200, "application/json", "{\"a\":");

        WorkflowError error = connectors.httpFailure(get("/"));

        assertThat(error.type()).isEqualTo(COMMUNICATION);
        assertThat(error.title()).isEqualTo("Malformed answer");
    }

    /** A reader cites the word that it does not know, up to the first sign in it. */
    @Test
    void citesNoPartOfASecretThatIsNotWhatItsTypeSays() throws Exception {
        site.on("/", 200, "application/json", "canary.7f3a");
        JsonNode arguments = Json.readTrusted("""
                {"with":{"method":"get","endpoint":"%s","headers":{"X":null}},
                 "deferred":{"now":"2026-01-31T12:00:00Z","input":{},"variables":{},"secrets":["key"],
                 "values":[{"pointer":"/headers/X","expression":"$secrets.key"}]}}
                """.formatted(site.url("/")));
        try (TestingConnectors own = TestingConnectors.of(Map.of(), Map.of("ORQUESTRAX_SECRET_KEY", "canary.7f3a"))) {
            ConnectorFailure failure = catchThrowableOfType(
                    ConnectorFailure.class,
                    () -> own.connector("http").execute(new ConnectorCall(arguments, "i.1", _ -> {})));

            assertThat(failure.error().title()).isEqualTo("Malformed answer");
            assertThat(failure.error().detail()).doesNotContain("canary").contains("holds a secret");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'method':'get','endpoint':{'uri':'/pets'}}|no absolute http or https URI",
                "{'method':'get','endpoint':{'uri':'file:///etc/passwd'}}|no absolute http or https URI",
                "{'method':'get','endpoint':{'uri':'http://a b/'}}|to be an http or https URI",
                "{'method':'get','endpoint':{'uri':'http://ada:x@example.com/'}}|without a user name",
                "{'method':'get','endpoint':{}}|a text as its uri",
                "{'method':'get it','endpoint':'http://example.com'}|an HTTP method",
                "{'method':'connect','endpoint':'http://example.com'}|an HTTP method",
                "{'method':'get','endpoint':'http://example.com','headers':{'Host':'other'}}|Host belongs to the connection",
                "{'method':'get','endpoint':'http://example.com','headers':{'X':'a\\nb'}}|the header X that can be sent, but it has a line break.",
                "{'method':'get','endpoint':'http://example.com','headers':{'X':'a\\u0000b'}}|it has a NUL character.",
                "{'method':'get','endpoint':'http://example.com','headers':{'X':'a\\u0007b'}}|it has a control character (U+0007).",
                "{'method':'get','endpoint':'http://example.com','headers':{'X':'é日本'}}|it has a character that headers cannot carry (U+65E5).",
                "{'method':'get','endpoint':{'uri':'http://example.com','authentication':{'bearer':{'token':'a\\nb'}}}}|a token for bearer authentication that can be sent, but it has a line break.",
                "{'method':'get','endpoint':{'uri':'http://example.com','authentication':{'bearer':{'token':'a\\n'}}}}|it has a line break.",
                "{'method':'get','endpoint':{'uri':'http://example.com','authentication':{'bearer':{'token':'é'}}}}|it has a character that headers cannot carry (U+00E9).",
                "{'method':'get','endpoint':{'uri':'http://example.com','authentication':{'basic':{'username':'a\\nb','password':'c'}}}}|such as a line break",
                "{'method':'get','endpoint':{'uri':'http://example.com','authentication':{'digest':{'username':'a\\nb','password':'c'}}}}|a username for digest authentication that can be sent, but it has a line break.",
                "{'method':'get','endpoint':'http://example.com','headers':{'X Y':'a'}}|the name of a header",
                "{'method':'get','endpoint':'http://example.com','output':'all'}|content, raw or response",
                "{'method':'post','endpoint':'http://example.com','body':{},'headers':{'Content-Type':'text/csv'}}|a body that fits",
                "{'method':'get','endpoint':{'uri':'http://example.com','authentication':{'digest':{}}}}|a username for digest",
                "{'method':'get','endpoint':{'uri':'http://example.com','authentication':{'basic':{'username':'a'}}}}|a password"
            })
    void namesWhatIsWrongWithACall(String with, String expected) {
        WorkflowError error = connectors.httpFailure(with);

        assertThat(error.type()).endsWith("/configuration");
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.detail()).startsWith("Expected ").contains(expected);
    }

    private String get(String path) {
        return "{'method':'get','endpoint':{'uri':'" + site.url(path) + "'}}";
    }
}

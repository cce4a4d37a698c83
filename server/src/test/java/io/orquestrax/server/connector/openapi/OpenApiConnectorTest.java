package io.orquestrax.server.connector.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingSite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents of three versions, and where the parameters of their operations go. */
class OpenApiConnectorTest {
    private final TestingSite site = new TestingSite();
    private final TestingConnectors connectors = TestingConnectors.of(
            Map.of(
                    "connectors.http.host-overrides",
                    "shop.example=http://127.0.0.1:" + site.port() + ",imports.example=http://127.0.0.1:"
                            + site.port()),
            Map.of());

    @BeforeEach
    void serve() {
        site.on("/docs/two.json", 200, "application/json", fixture("swagger-2.0.json"));
        site.on("/docs/three.yaml", 200, "application/yaml", fixture("openapi-3.0.yaml"));
        site.on("/docs/three-one.json", 200, "application/json", fixture("openapi-3.1.json"));
        site.on("/", 200, "application/json", "{\"ok\":true}");
    }

    @AfterEach
    void close() {
        connectors.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "two.json     | getOrder | {'orderId':9007199254740993} | GET /v2/orders/9007199254740993",
                "two.json     | getOrder | {'orderId':1,'fields':['a','b'],'status':['x','y z'],'ids':[1,2]}"
                        + " | GET /v2/orders/1?fields=a%7Cb&status=x&status=y%20z&ids=1,2",
                "two.json     | plain    | {}                           | GET /v2/plain?page=1",
                "three.yaml   | search   | {'term':'a/b c'}             | GET /shop/v3/search/a%2Fb%20c",
                "three.yaml   | search   | {'term':'t','tags':['a','b&c'],'ids':[1,2],'words':['x','y']}"
                        + " | GET /shop/v3/search/t?tags=a&tags=b%26c&ids=1,2&words=x%20y",
                "three.yaml   | search   | {'term':'t','filter':{'a':1.10,'b':'c'},'box':{'w':1,'h':2}}"
                        + " | GET /shop/v3/search/t?filter%5Ba%5D=1.10&filter%5Bb%5D=c&w=1&h=2",
                "three.yaml   | search   | {'term':'t','path':'/a b?c','json':{'x':[1]}}"
                        + " | GET /shop/v3/search/t?path=/a%20b?c&json=%7B%22x%22%3A%5B1%5D%7D",
                "three.yaml   | styles   | {'label':[1,2],'matrix':[3,4],'simple':{'a':5,'b':6}}"
                        + " | GET /shop/v3/styles/.1,2/;matrix=3;matrix=4/a=5,b=6",
                "three-one.json | getItem | {'id':'x'}                  | GET /items/x"
            })
    void callsAnOperation(String document, String operationId, String parameters, String request) throws Exception {
        JsonNode output = call(document, operationId, parameters);

        assertThat(output.toString()).isEqualTo("{\"ok\":true}");
        assertThat(site.asked().target()).isEqualTo("/docs/" + document);
        TestingSite.Asked asked = site.asked();
        assertThat(asked.method() + " " + asked.target()).isEqualTo(request);
    }

    @Test
    void putsHeadersAndCookiesWhereTheyBelong() throws Exception {
        call("three.yaml", "search", "{'term':'t','X-Ids':[1,2],'session':'s 1'}");

        site.asked();
        assertThat(site.asked().headers()).containsEntry("X-Ids", "1,2").containsEntry("Cookie", "session=s%201");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "two.json   | putOrder     | {'orderId':1,'order':{'a':1.10}}        | application/json | {\"a\":1.10}",
                "two.json   | patchOrder   | {'orderId':1,'state':'a b','tags':['x','y']}"
                        + " | application/x-www-form-urlencoded | state=a%20b&tags=x&tags=y",
                "three.yaml | createOrder  | {'body':{'a':1}}  | application/merge-patch+json | {\"a\":1}",
                "three.yaml | createOrder  | {'a':1,'b':[2]}   | application/merge-patch+json | {\"a\":1,\"b\":[2]}",
                "three.yaml | importOrders | {'body':'a;b'}    | text/csv | a;b"
            })
    void writesTheBody(String document, String operationId, String parameters, String type, String body)
            throws Exception {
        call(document, operationId, parameters);

        site.asked();
        TestingSite.Asked asked = site.asked();
        assertThat(asked.headers())
                .containsEntry("Content-Type", type)
                .containsEntry("Idempotency-Key", "instance-1.7");
        assertThat(asked.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "two.json   | nothing     | {}                     | configuration | \"nothing\" is none; it has getOrder, putOrder",
                "two.json   | getOrder    | {}                     | validation    | of getOrder, but orderId is missing",
                "two.json   | getOrder    | {'orderId':null}       | validation    | of getOrder, but orderId is missing",
                "two.json   | putOrder    | {}                     | validation    | but orderId, order are missing",
                "two.json   | getOrder    | {'orderId':1,'x':2}    | validation    | it has no x; it has X-Trace, fields",
                "two.json   | bare        | {'x':2}                | validation    | it has no x; it has none.",
                "two.json   | attach      | {'orderId':1}          | configuration | without files",
                "two.json   | elsewhere   | {}                     | configuration | leads to another document",
                "two.json   | circle      | {}                     | configuration | references that end",
                "three.yaml | createOrder | {}                     | validation    | body is missing"
            })
    void namesWhatIsWrong(String document, String operationId, String parameters, String type, String detail) {
        WorkflowError error = connectors.failure("openapi", with(document, operationId, parameters));

        assertThat(error.type()).endsWith("/" + type);
        assertThat(error.detail()).startsWith("Expected ").contains(detail);
    }

    @Test
    void namesADocumentThatIsNone() {
        site.on("/docs/list.json", 200, "application/json", "[1]");
        site.on("/docs/other.json", 200, "application/json", "{\"asyncapi\":\"3.0.0\"}");

        assertThat(connectors.failure("openapi", with("list.json", "x", "{}")).detail())
                .contains("OpenAPI document in JSON or YAML");
        assertThat(connectors.failure("openapi", with("other.json", "x", "{}")).detail())
                .contains("Swagger 2.0 or OpenAPI 3");
    }

    @Test
    void failsAsTheDocumentsServerDoes() {
        site.on("/docs/missing.json", 404, "text/plain", "no such document");

        WorkflowError error = connectors.failure("openapi", with("missing.json", "x", "{}"));

        assertThat(error.type()).endsWith("/communication");
        assertThat(error.status()).isEqualTo(404);
        assertThat(error.detail()).contains("no such document");
    }

    @Test
    void readsADocumentOnceInAWhile() throws Exception {
        call("two.json", "plain", "{}");
        call("two.json", "plain", "{'page':2}");

        assertThat(site.asked().target()).isEqualTo("/docs/two.json");
        assertThat(site.asked().target()).isEqualTo("/v2/plain?page=1");
        assertThat(site.asked().target()).isEqualTo("/v2/plain?page=2");
    }

    @Test
    void authenticatesAtTheDocumentAndAtTheOperation() throws Exception {
        JsonNode output = connectors.call(
                "openapi",
                "{'document':{'endpoint':{'uri':'" + site.url("/docs/two.json")
                        + "','authentication':{'bearer':{'token':'for-document'}}}},'operationId':'plain',"
                        + "'authentication':{'basic':{'username':'a','password':'b'}},'output':'response'}");

        assertThat(site.asked().headers()).containsEntry("Authorization", "Bearer for-document");
        assertThat(site.asked().headers()).containsEntry("Authorization", "Basic YTpi");
        assertThat(output.path("request").path("uri").textValue()).isEqualTo("http://shop.example/v2/plain?page=1");
    }

    private JsonNode call(String document, String operationId, String parameters) throws Exception {
        return connectors.call("openapi", with(document, operationId, parameters));
    }

    private String with(String document, String operationId, String parameters) {
        return "{'document':{'endpoint':{'uri':'" + site.url("/docs/" + document) + "'}},'operationId':'" + operationId
                + "','parameters':" + parameters + ",'output':'content','redirect':false}";
    }

    private static String fixture(String name) {
        try (InputStream file = OpenApiConnectorTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.DeferredValues;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.FunctionTask;
import io.orquestrax.dsl.plan.Plan;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What connectors are given, whatever form the author chose. */
class ConnectorCallsTest {
    private static final String HEADER = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\n";

    private final DocumentCompiler compiler = new DocumentCompiler();

    @Test
    void givesAnEndpointOneForm() {
        String expected = "{\"with\":{\"method\":\"GET\",\"endpoint\":{\"uri\":\"http://h/7\"},"
                + "\"output\":\"content\",\"redirect\":false}}";

        assertThat(http("{method: get, endpoint: 'http://h/{id}'}", "{\"id\":7}"))
                .isEqualTo(expected);
        assertThat(http("{method: GET, endpoint: '${ \"http://h/\\(.id)\" }'}", "{\"id\":7}"))
                .isEqualTo(expected);
        assertThat(http("{method: '${ .m }', endpoint: {uri: 'http://h/{id}'}}", "{\"id\":7,\"m\":\"get\"}"))
                .isEqualTo(expected);
        assertThat(http("{method: get, endpoint: {uri: '${ .u }'}}", "{\"u\":\"http://h/7\"}"))
                .isEqualTo(expected);
    }

    @Test
    void takesHeadersQueryAndBodyAlong() {
        assertThat(http(
                        "{method: post, endpoint: 'http://h', headers: {a: '${ .x }'}, query: '${ .q }',"
                                + " body: {b: '${ .x }', c: .x}, output: response, redirect: true}",
                        "{\"x\":\"1\",\"q\":{\"p\":[1,2]}}"))
                .isEqualTo("{\"with\":{\"method\":\"POST\",\"endpoint\":{\"uri\":\"http://h\"},"
                        + "\"headers\":{\"a\":\"1\"},\"query\":{\"p\":[1,2]},\"body\":{\"b\":\"1\",\"c\":\".x\"},"
                        + "\"output\":\"response\",\"redirect\":true}}");
    }

    @Test
    void failsWhereAnExpressionGivesSomethingElse() {
        assertThatThrownBy(() -> http("{method: get, endpoint: '${ .u }'}", "{\"u\":{\"uri\":\"x\"}}"))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Expected a text with a URI of the expression at /do/0/c/with/endpoint, but found"
                        + " {\"uri\":\"x\"}");
        assertThatThrownBy(() -> http("{method: get, endpoint: x, query: '${ .u }'}", "{\"u\":5}"))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Expected an object of the expression at /do/0/c/with/query, but found 5");
        assertThatThrownBy(() -> http("{method: '${ .m }', endpoint: x}", "{\"m\":\"a b\"}"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith("Expected a method of HTTP");
        assertThatThrownBy(() -> http("{method: get, endpoint: 'x/{a}'}", "{\"a\":[]}"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("{a} of a URI template");
    }

    @Test
    void givesAGrpcCallItsTransport() {
        CallTask call = call("""
                do:
                - c:
                    call: grpc
                    with:
                      proto: {endpoint: 'file://app/{v}.proto'}
                      service: {name: S, host: '${ .host }', port: '${ .port }'}
                      method: M
                      arguments: '${ .list }'
                    metadata: {grpc: {tls: true, headers: {x: '${ .v }'}}}
                """, "/do/0/c");

        assertThat(Json.write(evaluate(call, "{\"v\":\"2\",\"host\":\"h\",\"port\":7,\"list\":[{\"a\":1}]}")))
                .isEqualTo("{\"with\":{\"proto\":{\"endpoint\":{\"uri\":\"file://app/2.proto\"}},"
                        + "\"service\":{\"name\":\"S\",\"host\":\"h\",\"port\":7},\"method\":\"M\","
                        + "\"arguments\":[{\"a\":1}],\"tls\":true,\"headers\":{\"x\":\"2\"}}}");
    }

    @Test
    void givesAnOpenApiCallOneForm() {
        CallTask call = call("""
                do:
                - c:
                    call: openapi
                    with:
                      document: {name: petstore, endpoint: 'http://h/{v}.json'}
                      operationId: findPets
                      parameters: {status: '${ .s }'}
                - d: {call: openapi, with: {document: {endpoint: {uri: x}}, operationId: '${ .op }', output: raw}}
                """, "/do/0/c");

        assertThat(call.function()).isEqualTo("openapi");
        assertThat(Json.write(evaluate(call, "{\"v\":2,\"s\":[\"sold\"]}")))
                .isEqualTo("{\"with\":{\"document\":{\"name\":\"petstore\",\"endpoint\":{\"uri\":\"http://h/2.json\"}},"
                        + "\"operationId\":\"findPets\",\"parameters\":{\"status\":[\"sold\"]},"
                        + "\"output\":\"content\",\"redirect\":false}}");
    }

    @Test
    void resolvesAuthenticationPoliciesAndKeepsTheNamesOfSecrets() {
        Plan plan = compile("""
                use:
                  secrets: [logIn, token]
                  authentications:
                    byName: {basic: {use: logIn}}
                    byValue: {bearer: {token: '${ $secrets.token }'}}
                do:
                - a: {call: http, with: {method: get, endpoint: {uri: 'http://h', authentication: {use: byName}}}}
                - b: {call: http, with: {method: get, endpoint: {uri: 'http://h', authentication: {use: byValue}}}}
                - c:
                    call: http
                    with:
                      method: get
                      endpoint: {uri: 'http://h', authentication: {basic: {username: '${ .u }', password: p}}}
                """);

        assertThat(Json.write(evaluate((CallTask) plan.task("/do/0/a"), "{}").at("/with/endpoint/authentication")))
                .isEqualTo("{\"basic\":{\"secret\":\"logIn\"}}");
        JsonNode byValue = evaluate((CallTask) plan.task("/do/1/b"), "{}");
        assertThat(Json.write(byValue.at("/with/endpoint/authentication"))).isEqualTo("{\"bearer\":{\"token\":null}}");
        assertThat(Json.write(resolve(byValue).at("/endpoint/authentication")))
                .isEqualTo("{\"bearer\":{\"token\":\"value of token\"}}");
        assertThat(Json.write(evaluate((CallTask) plan.task("/do/2/c"), "{\"u\":\"me\"}")
                        .at("/with/endpoint/authentication")))
                .isEqualTo("{\"basic\":{\"username\":\"me\",\"password\":\"p\"}}");
    }

    @Test
    void defersWhatNamesASecret() {
        CallTask call = call("""
                use: {secrets: [key, host]}
                do:
                - c:
                    call: http
                    with:
                      method: post
                      endpoint: '${ "https://\\($secrets.host)/\\(.id)" }'
                      headers: '${ {Authorization: "Bearer \\($secrets["key"])"} }'
                      body: {all: '${ $secrets | keys }', id: '${ .id }'}
                """, "/do/0/c");

        JsonNode arguments = evaluate(call, "{\"id\":7}");

        assertThat(Json.write(arguments)).doesNotContain("value of");
        assertThat(Json.write(resolve(arguments)))
                .isEqualTo("{\"method\":\"POST\",\"endpoint\":{\"uri\":\"https://value of host/7\"},"
                        + "\"headers\":{\"Authorization\":\"Bearer value of key\"},"
                        + "\"body\":{\"all\":[\"host\",\"key\"],\"id\":7},\"output\":\"content\",\"redirect\":false}");
    }

    @Test
    void keepsTheLimitsOfTheJob() {
        CallTask call = call(
                "do: [{c: {call: http, with: {method: get, endpoint: x}, metadata: {job: {priority: 9}}}}]\n",
                "/do/0/c");

        assertThat(call.limits().priority()).isEqualTo(9);
    }

    @Test
    void compilesAFunctionOnceAndFunctionsBeforeJobTypes() {
        Plan plan = compile("""
                use:
                  functions:
                    getPet: {input: {schema: {document: {type: object}}}, call: http, with: {method: get, endpoint: 'x/{id}'}}
                    twice: {do: [{one: {call: getPet}}, {two: {call: getPet, with: {id: 2}}}]}
                do:
                - a: {call: getPet, with: {id: '${ .n }'}}
                - b: {call: twice}
                - c: {call: payments}
                """);

        FunctionTask first = (FunctionTask) plan.task("/do/0/a");
        FunctionTask inner = (FunctionTask) plan.task("/use/functions/twice/do/1/two");
        assertThat(Json.write(first.arguments().evaluate(Json.readTrusted("{\"n\":5}"), Variables.at(Instant.EPOCH))))
                .isEqualTo("{\"id\":5}");
        assertThat(first.body()).isSameAs(inner.body());
        assertThat(first.body().tasks()).containsExactly(plan.task("/use/functions/getPet"));
        assertThat(plan.task("/use/functions/getPet").common().input().schema()).isNotNull();
        assertThat(plan.task("/do/2/c")).isInstanceOf(CallTask.class);
    }

    private String http(String with, String input) {
        return Json.write(evaluate(call("do:\n- c:\n    call: http\n    with: " + with + "\n", "/do/0/c"), input));
    }

    private CallTask call(String body, String pointer) {
        return (CallTask) compile(body).task(pointer);
    }

    private Plan compile(String body) {
        Compilation compilation = compiler.compile(HEADER + body);
        assertThat(compilation.problems()).isEmpty();
        return compilation.plan().orElseThrow();
    }

    private static JsonNode evaluate(CallTask call, String input) {
        return call.arguments().evaluate(Json.readTrusted(input), Variables.at(Instant.EPOCH));
    }

    private static JsonNode resolve(JsonNode arguments) {
        return DeferredValues.resolve(
                arguments, name -> Json.NODES.textNode("value of " + name), with -> Json.NODES.nullNode());
    }
}

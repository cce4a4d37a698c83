package io.orquestrax.server.api;

import static io.orquestrax.server.api.TestingNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The default catalog over REST. */
@Timeout(120)
class FunctionsEndToEndTest {
    private static final String GREET = """
            input:
              schema: { document: { type: object, required: [ name ] } }
            set: { text: '${ "Hello " + .name }' }
            """;

    private static TestingNode node;

    @BeforeAll
    static void start() {
        node = new TestingNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aVersionIsDeployedOnceAndNeverChanges() {
        HttpResponse<String> created = node.postYaml("/api/v1/functions/greet/1.0.0", GREET);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains("/api/v1/functions/greet/1.0.0");
        assertThat(node.postYaml("/api/v1/functions/greet/1.0.0", GREET).statusCode())
                .isEqualTo(200);

        HttpResponse<String> other = node.postYaml("/api/v1/functions/greet/1.0.0", "set: { text: other }\n");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(json(other).path("code").textValue()).isEqualTo("definition-conflict");
        assertThat(json(node.get("/api/v1/functions/greet/1.0.0"))
                        .path("source")
                        .textValue())
                .isEqualTo(GREET);
        assertThat(json(node.get("/api/v1/functions/greet/2.0.0")).path("code").textValue())
                .isEqualTo("function-not-found");
    }

    @Test
    void listsTheHighestVersionFirst() {
        node.postYaml("/api/v1/functions/sorted/1.9.0", "set: { a: 1 }\n");
        node.postYaml("/api/v1/functions/sorted/1.10.0", "set: { a: 1 }\n");
        node.postYaml("/api/v1/functions/a-first/1.0.0", "set: { a: 1 }\n");

        HttpResponse<String> first = node.get("/api/v1/functions?pageSize=2");
        HttpResponse<String> all = node.get("/api/v1/functions");

        assertThat(json(first).path("functions")).hasSize(2);
        assertThat(json(node.get("/api/v1/functions?pageSize=2&pageToken="
                                + json(first).path("nextPageToken").textValue()))
                        .path("functions"))
                .isNotEmpty();
        assertThat(json(all).path("functions").findValuesAsText("version"))
                .containsSubsequence("1.0.0", "1.10.0", "1.9.0");
    }

    @Test
    void refusesWhatIsNoFunction() {
        HttpResponse<String> noTask = node.postYaml("/api/v1/functions/bad/1.0.0", "do:\n- a: { sett: 1 }\n");
        assertThat(noTask.statusCode()).isEqualTo(422);
        assertThat(json(noTask).path("violations").get(0).path("line").intValue())
                .isEqualTo(2);
        assertThat(node.postYaml("/api/v1/functions/bad/one", GREET).statusCode())
                .isEqualTo(400);
        assertThat(node.postYaml("/api/v1/functions/bad%20name/1.0.0", GREET).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aWorkflowCallsAFunctionOfTheDefaultCatalog() {
        node.postYaml("/api/v1/functions/hello/1.0.0", GREET);
        String workflow = """
                document: { dsl: '1.0.3', namespace: shop, name: greeter, version: '1.0.0' }
                do:
                - greet: { call: 'hello:1.0.0@default', with: { name: Ada } }
                """;
        assertThat(node.postYaml("/api/v1/definitions", workflow).statusCode()).isEqualTo(201);

        String id = node.start("greeter");

        assertThat(json(node.get("/api/v1/instances/" + id + "/result?wait=PT30S"))
                        .path("output"))
                .hasToString("{\"text\":\"Hello Ada\"}");
    }

    @Test
    void aRetiredFunctionIsCalledByThoseThatHaveItOnly() {
        node.postYaml("/api/v1/functions/leaving/1.0.0", GREET);
        String caller = """
                document: { dsl: '1.0.3', namespace: shop, name: stays, version: '1.0.0' }
                do:
                - greet: { call: 'leaving:1.0.0@default', with: { name: Ada } }
                """;
        node.postYaml("/api/v1/definitions", caller);

        HttpResponse<String> retired = node.post("/api/v1/functions/leaving/1.0.0:retire", "{}");

        assertThat(json(retired).path("retiredAt").textValue()).isNotEmpty();
        HttpResponse<String> refused = node.postYaml("/api/v1/definitions", caller.replace("stays", "comes"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("leaving:1.0.0 of the default catalog is retired since");
        assertThat(node.postYaml("/api/v1/definitions", caller).statusCode())
                .as("the same definition again")
                .isEqualTo(200);
        String id = node.start("stays");
        assertThat(json(node.get("/api/v1/instances/" + id + "/result?wait=PT30S"))
                        .path("output"))
                .hasToString("{\"text\":\"Hello Ada\"}");
        assertThat(node.postYaml("/api/v1/functions/leaving/1.0.0", "set: { text: other }\n")
                        .statusCode())
                .as("never another content")
                .isEqualTo(409);
        assertThat(node.postYaml("/api/v1/functions/leaving/1.0.0", GREET).statusCode())
                .as("the same puts it back")
                .isEqualTo(201);
        assertThat(json(node.get("/api/v1/functions/leaving/1.0.0")).has("retiredAt"))
                .isFalse();
        assertThat(node.postYaml("/api/v1/definitions", caller.replace("stays", "comes"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(node.post("/api/v1/functions/leaving/9.0.0:retire", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void tellsWhoCallsAFunction() {
        node.postYaml("/api/v1/functions/called/1.0.0", GREET);
        node.postYaml("/api/v1/definitions", """
                document: { dsl: '1.0.3', namespace: shop, name: calls, version: '2.0.0' }
                do:
                - greet: { call: 'called:1.0.0@default', with: { name: Ada } }
                """);

        assertThat(json(node.get("/api/v1/functions/called/1.0.0")).path("calledBy"))
                .hasToString("[{\"namespace\":\"shop\",\"name\":\"calls\",\"version\":\"2.0.0\"}]");
    }

    @Test
    void aWorkflowThatCallsAMissingFunctionIsRefused() {
        HttpResponse<String> refused = node.postYaml("/api/v1/definitions", """
                document: { dsl: '1.0.3', namespace: shop, name: lost, version: '1.0.0' }
                do:
                - greet: { call: 'nobody:1.0.0@default' }
                """);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).path("violations").get(0).path("code").textValue())
                .isEqualTo("unavailable-resource");
        assertThat(refused.body()).contains("the default catalog has no nobody:1.0.0");
    }
}

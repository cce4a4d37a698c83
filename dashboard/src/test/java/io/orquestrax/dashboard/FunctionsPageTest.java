package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.server.function.FunctionService;
import io.orquestrax.server.orchestration.Caller;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The functions' pages of a real node on a real database. */
class FunctionsPageTest extends DashboardPages {
    private static final String GREET = """
            input:
              schema:
                document:
                  type: object
                  required: [name, to]
                  properties:
                    name: { type: string, description: Of whom }
                    times: { type: integer, default: 3 }
                    "odd name": { enum: [a, b] }
            set: { text: hello }
            """;

    @Test
    void listsFunctionsWithTheirVersionsAndCallersAsTheyChange() throws Exception {
        try (TestingStream stream = dashboard.stream("/functions/live")) {
            deploy("listed", "1.0.0", GREET);
            stream.await("/functions/listed/1.0.0");
            deploy("listed", "1.10.0", GREET);
            stream.await("/functions/listed/1.10.0");
            stream.await("nobody");

            dashboard.deploy(calling("lister", "listed:1.10.0"));
            stream.await("1 definition<");
            dashboard.post("/functions/listed/1.0.0/retire", Map.of());
            stream.await("is-retired");
        }
        assertThat(dashboard.get("/functions").body())
                .containsSubsequence("href=\"/functions/listed/1.10.0\"", ">1.10.0<", "is-retired", ">1.0.0<");
    }

    @Test
    void showsParametersAnExampleAndWhoCalls() throws Exception {
        deploy("shown", "1.0.0", GREET);
        String page = dashboard.get("/functions/shown/1.0.0").body();

        assertThat(page)
                .contains("shown:1.0.0@default", "<code>name</code>", "Of whom", "<code>integer</code>", "callable")
                .contains("- shown:\n    call: shown:1.0.0@default\n    with:\n      name: ", "      times: 3\n")
                .contains("\"odd name\": \"a\"", "      to: ")
                .contains("No definition calls this version.");
        try (TestingStream stream = dashboard.stream("/functions/shown/1.0.0/live")) {
            dashboard.deploy(calling("shower", "shown:1.0.0"));
            stream.await("/definitions/tests/shower/1.0.0");
        }
    }

    @Test
    void retiresWithAWordOnWhatItMeansAndTakesItBack() throws Exception {
        deploy("left", "1.0.0", GREET);
        dashboard.deploy(calling("leaver", "left:1.0.0"));
        assertThat(dashboard.get("/functions/left/1.0.0").body())
                .contains("1 definition that calls it keeps its copy")
                .contains("action=\"/functions/left/1.0.0/retire\"");

        HttpResponse<String> retired = dashboard.post("/functions/left/1.0.0/retire", Map.of());

        assertThat(retired.headers().firstValue("location")).hasValue("/functions/left/1.0.0");
        assertThat(dashboard.get("/functions/left/1.0.0").body())
                .contains("New definitions cannot call it")
                .doesNotContain("Retire…");
        HttpResponse<String> again = submit("left", "1.0.0", GREET, "deploy");
        assertThat(again.headers().firstValue("location")).hasValue("/functions/left/1.0.0");
        assertThat(dashboard.get("/functions/left/1.0.0").body()).contains("Retire…");
    }

    @Test
    void deploysAndListsTheMistakesWithTheirLines() throws Exception {
        HttpResponse<String> refused = submit("written", "1.0.0", "do:\r\n- a: { sett: 1 }\r\n", "deploy");
        HttpResponse<String> checked = submit("", "", GREET, "validate");
        HttpResponse<String> misnamed = submit("not a name", "1.0.0", GREET, "deploy");
        assertThat(dashboard.get("/functions/written/1.0.0").statusCode()).isEqualTo(404);
        HttpResponse<String> deployed = submit("written", "1.0.0", GREET, "deploy");
        HttpResponse<String> other = submit("written", "1.0.0", "set: { a: 1 }", "deploy");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Not deployed: 1 mistake", "data-line=\"2\"", "value=\"written\"", "sett");
        assertThat(checked.body()).contains("It is valid");
        assertThat(misnamed.statusCode()).isEqualTo(400);
        assertThat(misnamed.body()).contains("It was not deployed", "value=\"not a name\"");
        assertThat(deployed.headers().firstValue("location")).hasValue("/functions/written/1.0.0");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("A deployed version never changes");
    }

    @Test
    void anotherVersionBeginsWithTheSourceOfThisOne() throws Exception {
        deploy("followed", "1.0.0", "set: { followed: yes }");

        String form =
                dashboard.get("/functions/new?name=followed&version=1.0.0").body();

        assertThat(form).contains("value=\"followed\"", "set: { followed: yes }</textarea>");
    }

    @Test
    void saysThatThereIsNoSuchFunction() throws Exception {
        assertThat(dashboard.get("/functions/nobody/1.0.0").statusCode()).isEqualTo(404);
        assertThat(dashboard.get("/functions/nobody/1.0.0").body()).contains("There is no such function");
        assertThat(dashboard.get("/functions/nobody/1.0.0/live").statusCode()).isEqualTo(404);
    }

    private static FunctionService.Deployed deploy(String name, String version, String source) {
        return dashboard.orchestration().functions().deploy(Caller.ANONYMOUS, name, version, source);
    }

    private static HttpResponse<String> submit(String name, String version, String source, String action)
            throws Exception {
        return dashboard.post(
                "/functions/new", Map.of("name", name, "version", version, "source", source, "action", action));
    }

    private static String calling(String definition, String function) {
        return """
               document: { dsl: '1.0.3', namespace: tests, name: %s, version: 1.0.0 }
               do: [ { greet: { call: '%s@default', with: { name: Ada, to: you } } } ]
               """.formatted(definition, function);
    }
}

package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Definitions, deploying them, and starting an instance of one. */
class DefinitionsPageTest extends DashboardPages {
    @Test
    void startsAnInstanceFromItsDefinition() throws Exception {
        HttpResponse<String> response = dashboard.post(
                "/definitions/tests/setting/1.0.0/start", Map.of("input", "{\"a\":1}", "key", "from-form"));

        assertThat(response.statusCode()).isEqualTo(303);
        String location = response.headers().firstValue("location").orElse("");
        assertThat(dashboard.get(location).body()).contains("from-form");
    }

    @Test
    void tellsWhatIsWrongWithAForm() throws Exception {
        String path = "/definitions/tests/calling/1.0.0/start";
        dashboard.start("calling", "taken", "{}", Map.of());

        HttpResponse<String> malformed = dashboard.post(path, Map.of("input", "{\n  \"a\": oops\n}"));
        HttpResponse<String> taken = dashboard.post(path, Map.of("input", "{\"other\":1}", "key", "taken"));

        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("at line 2", "oops", "aria-invalid");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(taken.body()).contains("id=\"key-error\"", "value=\"taken\"");
    }

    @Test
    void deploysAndListsTheMistakesWithTheirLines() throws Exception {
        String wrong = definition("deployed", "1.0.0", "", "cal: nobody.home");
        String right = definition("deployed", "1.0.0", "", "call: nobody.home");

        HttpResponse<String> refused = dashboard.post("/definitions/new", Map.of("source", wrong, "action", "deploy"));
        HttpResponse<String> checked =
                dashboard.post("/definitions/new", Map.of("source", right, "action", "validate"));
        assertThat(dashboard.get("/definitions/tests/deployed/1.0.0").statusCode())
                .isEqualTo(404);
        HttpResponse<String> deployed = dashboard.post("/definitions/new", Map.of("source", right, "action", "deploy"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Not deployed", "data-line=", "problem-line");
        assertThat(checked.body()).contains("It is valid");
        assertThat(deployed.headers().firstValue("location")).hasValue("/definitions/tests/deployed/1.0.0");
        assertThat(dashboard.get("/definitions/tests/deployed/1.0.0").body()).contains("id=\"L9\"", "nobody.home");
    }

    @Test
    void deploysAFile() throws Exception {
        String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.yaml\"\r\n\r\n"
                + definition("uploaded", "1.0.0", "", "call: nobody.home")
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\ndeploy\r\n--b--\r\n";
        HttpRequest request = dashboard
                .request(
                        "/definitions/new",
                        "Sec-Fetch-Site",
                        "same-origin",
                        "Content-Type",
                        "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        assertThat(dashboard.send(request).headers().firstValue("location"))
                .hasValue("/definitions/tests/uploaded/1.0.0");
    }
}

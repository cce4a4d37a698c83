package io.orquestrax.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger can send gets a clean problem before it reaches the application service. */
class BadRequestTest {
    private static final String ID = "0192f000-0000-7000-8000-000000000000";
    private static TestingDoor door;

    @BeforeAll
    static void open() {
        door = TestingDoor.beforeNothing(Optional::empty);
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET    | /api/v1/nothing                                  | 404 | not-found              | path
            GET    | /api/                                            | 404 | not-found              | path
            GET    | /                                                | 404 | not-found              | path
            POST   | /api/v1/instances/%ID%:explode                   | 404 | not-found              | path
            DELETE | /api/v1/instances/%ID%                           | 405 | method-not-allowed     | method
            PUT    | /api/v1/instances                                | 405 | method-not-allowed     | method
            GET    | /api/v1/instances/%ID%:cancel                    | 405 | method-not-allowed     | method
            GET    | /api/v1/instances/not-a-uuid                     | 400 | invalid-id             | "not-a-uuid"
            GET    | /api/v1/instances/0-0-0-0-0                      | 400 | invalid-id             | "0-0-0-0-0"
            GET    | /api/v1/instances/nope/history                   | 400 | invalid-id             | "nope"
            GET    | /api/v1/instances/nope/activations               | 400 | invalid-id             | "nope"
            GET    | /api/v1/instances/nope/result                    | 400 | invalid-id             | "nope"
            POST   | /api/v1/instances/nope:retry                     | 400 | invalid-id             | "nope"
            GET    | /api/v1/instances?status=asleep                  | 400 | invalid-request        | pending, running, waiting
            GET    | /api/v1/instances?status=running,                | 400 | invalid-request        | status
            GET    | /api/v1/instances?status=RUNNING                 | 400 | invalid-request        | "RUNNING"
            GET    | /api/v1/instances?pageSize=201                   | 400 | invalid-request        | from 1 to 200, but got 201
            GET    | /api/v1/instances?pageSize=0                     | 400 | invalid-request        | from 1 to 200
            GET    | /api/v1/instances?pageSize=many                  | 400 | invalid-request        | "many"
            GET    | /api/v1/instances?pageSize=1&pageSize=2          | 400 | invalid-request        | pageSize
            GET    | /api/v1/instances?staus=running                  | 400 | invalid-request        | "staus"
            GET    | /api/v1/instances?key=%00                        | 400 | invalid-request        | well-formed HTTP request
            GET    | /api/v1/cluster?verbose=1                        | 400 | invalid-request        | "verbose"
            GET    | /api/v1/instances/%ID%/history?pageSize=1001     | 400 | invalid-request        | from 1 to 1000
            GET    | /api/v1/instances/%ID%/history?pageToken=x       | 400 | invalid-page-token     | "x"
            GET    | /api/v1/instances/%ID%/history?afterSequence=-1  | 400 | invalid-request        | afterSequence
            GET    | /api/v1/instances/%ID%/result?wait=30            | 400 | invalid-request        | PT30S
            GET    | /api/v1/instances/%ID%/result?wait=PT-1S         | 400 | invalid-request        | PT30S
            GET    | /api/v1/instances/%ID%/result?wait=PT99999999999999999999S | 400 | invalid-request | PT30S
            """)
    void refusesWhatPathAndQueryGetWrong(String method, String path, int status, String code, String inDetail) {
        HttpResponse<String> response =
                door.send(door.request(path.replace("%ID%", ID)).method(method, HttpRequest.BodyPublishers.noBody()));

        JsonNode problem = assertProblem(response, status, code);
        assertThat(problem.get("detail").asText()).contains(inDetail);
    }

    @ParameterizedTest(name = "body {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"definition":                                                       | malformed-json  | line 1, column
            ` `                                                                  | malformed-json  | there is none
            {"a":1} {"b":2}                                                      | malformed-json  | line 1
            {"key":"a","key":"b"}                                                | malformed-json  | uplicate
            {"key":NaN}                                                          | malformed-json  | line 1
            []                                                                   | invalid-request | Expected an object at the top, but got an array
            null                                                                 | invalid-request | Expected an object at the top, but got null
            {}                                                                   | invalid-request | Expected an object at /definition, but there is no such member
            {"definition":5}                                                     | invalid-request | Expected an object at /definition, but got a number
            {"definition":{"namespace":"a","name":7}}                            | invalid-request | Expected a string at /definition/name, but got a number
            {"definition":{"namespace":"a","name":"b","version":1.0}}            | invalid-request | Expected a string at /definition/version, but got a number
            {"definition":{"namespace":"a","name":"b","verison":"1"}}            | invalid-request | "verison"
            {"definition":{"namespace":"a","name":"b"},"inputs":{}}              | invalid-request | "inputs"
            {"definition":{"namespace":"a","name":"b"},"key":"a\\u0000b"}        | invalid-request | U+0000 at /key
            {"definition":{"namespace":"a","name":"b"},"tags":{"a":1}}           | invalid-request | Expected a string at /tags/a, but got a number
            {"definition":{"namespace":"a","name":"b"},"tags":["a"]}             | invalid-request | Expected an object at /tags, but got an array
            {"definition":{"namespace":"a","name":"b"},"input":"\\ud800"}        | invalid-encoding | surrogate
            """)
    void refusesWhatABodyGetsWrong(String body, String code, String inDetail) {
        HttpResponse<String> response = door.postJson("/api/v1/instances", body);

        JsonNode problem = assertProblem(response, 400, code);
        assertThat(problem.get("detail").asText()).contains(inDetail).doesNotContain("Source");
    }

    @Test
    void namesLineAndColumnOfBrokenJson() {
        HttpResponse<String> response = door.postJson("/api/v1/instances", "{\n  \"definition\": {,}\n}");

        JsonNode violation = assertProblem(response, 400, "malformed-json").at("/violations/0");
        assertThat(violation.get("line").intValue()).isEqualTo(2);
        assertThat(violation.get("column").intValue()).isEqualTo(18);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] latin1 = "{\"key\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

        HttpResponse<String> response = door.send(door.request("/api/v1/instances")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(latin1)));

        assertThat(assertProblem(response, 400, "invalid-encoding")
                        .get("detail")
                        .asText())
                .contains("offset 8");
    }

    @Test
    void refusesNestingWithoutEnd() {
        HttpResponse<String> response = door.postJson("/api/v1/instances", "[".repeat(100_000));

        assertProblem(response, 400, "malformed-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "text/plain",
                "application/json; charset=iso-8859-1",
                "application/json; charset=what",
                "nonsense"
            })
    void refusesOtherMediaTypes(String contentType) {
        HttpResponse<String> response = door.send(door.request("/api/v1/instances")
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(assertProblem(response, 415, "unsupported-media-type")
                        .get("detail")
                        .asText())
                .contains("application/json");
    }

    @Test
    void refusesABodyWithoutMediaType() {
        HttpResponse<String> response = door.send(
                door.request("/api/v1/definitions").POST(HttpRequest.BodyPublishers.ofString("document: {}")));

        assertThat(assertProblem(response, 415, "unsupported-media-type")
                        .get("detail")
                        .asText())
                .contains("application/yaml")
                .contains("but got none");
    }

    @Test
    void refusesAnAcceptHeaderThatAllowsNoForm() {
        HttpResponse<String> response =
                door.send(door.request("/api/v1/cluster").header("Accept", "image/png"));

        assertProblem(response, 406, "not-acceptable");
    }

    @Test
    void namesTheMethodsOfAPath() {
        HttpResponse<String> response =
                door.send(door.request("/api/v1/instances").DELETE());

        assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
    void answersABodyThatIsTooLargeOverEitherProtocol(HttpClient.Version version) {
        HttpResponse<String> response = door.send(door.request("/api/v1/instances")
                .version(version)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[20 * 1024 * 1024])));

        assertThat(assertProblem(response, 413, "payload-too-large")
                        .get("detail")
                        .asText())
                .startsWith("Expected at most ");
    }

    @Test
    void answersABodyThatIsTooLargeAndOfUnknownLength() {
        HttpResponse<String> response = door.send(door.request("/api/v1/definitions")
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[20 * 1024 * 1024]))));

        assertThat(assertProblem(response, 413, "payload-too-large")
                        .get("detail")
                        .asText())
                .startsWith("Expected at most ");
    }

    @Test
    void answersWhatIsNoHttp() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(10_000);
            OutputStream output = socket.getOutputStream();
            output.write("GET /api/v1/inst ances HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            output.flush();

            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            assertThat(answer).isEqualTo("HTTP/1.1 400");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site, https://evil.example",
        "same-site, http://127.0.0.1:1",
        "'', https://evil.example",
        "'', null"
    })
    void refusesChangesFromPagesOfOtherSites(String fetchSite, String origin) {
        HttpRequest.Builder request = door.request("/api/v1/instances")
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        if (!fetchSite.isEmpty()) {
            request.header("Sec-Fetch-Site", fetchSite);
        }

        assertProblem(door.send(request), 403, "forbidden-origin");
    }

    @Test
    void takesChangesFromItsOwnPages() {
        HttpResponse<String> response = door.send(door.request("/api/v1/instances")
                .header("Content-Type", "application/json")
                .header("Origin", "http://127.0.0.1:" + door.port())
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertProblem(response, 400, "invalid-request");
    }

    @Test
    void tellsAnErrorIdWhereTheServerIsWrong() {
        // The door stands before an application service that cannot answer.
        HttpResponse<String> response = door.get("/api/v1/instances/" + ID);

        assertThat(assertProblem(response, 500, "internal").get("detail").asText())
                .contains("error id")
                .doesNotContain("Exception");
    }

    @Test
    void answersWithHeadersThatKeepBrowsersFromGuessing() {
        HttpResponse<String> response = door.get("/api/v1/instances/nope");

        assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.headers().firstValue("content-security-policy")).isPresent();
        assertThat(response.headers().firstValue("server")).isEmpty();
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode problem = TestingDoor.json(response);
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("type").asText()).isEqualTo("urn:orquestrax:problem:" + code);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotEmpty();
        assertThat(problem.get("detail").asText()).isNotEmpty();
        return problem;
    }
}

package io.orquestrax.server.api.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.command.Command.CompleteJob;
import io.orquestrax.engine.command.Command.FailJob;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.protocol.JobId;
import io.orquestrax.store.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobRoutesTest extends WorkerDoorFixture {
    private static final String ASK = "{\"types\":[\"charge\"],\"worker\":\"curl\",\"max\":2,\"wait\":\"%s\"}";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void handsOutJobsWithEveryDigitOfTheirInput() throws Exception {
        dispatcher.offer(offer(1));

        HttpResponse<String> response = post(":activate", ASK.formatted("PT20S"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"input\":" + INPUT, "\"lastProgress\":[0.50]");
        JsonNode job = Json.read(response.body()).path("jobs").path(0);
        assertThat(job.path("id").textValue()).isEqualTo(id(1).toString());
        assertThat(job.path("instanceId").textValue())
                .isEqualTo(id(1).instance().toString());
        assertThat(job.path("task").textValue()).isEqualTo("/do/0/charge");
        assertThat(job.path("attempt").intValue()).isEqualTo(1);
        assertThat(Instant.parse(job.path("leaseUntil").textValue())).isAfter(Instant.now());
    }

    @Test
    void waitsForAJobWithoutHoldingAThread() throws Exception {
        CompletableFuture<HttpResponse<String>> response =
                client.sendAsync(request(":activate", ASK.formatted("PT30S")), HttpResponse.BodyHandlers.ofString());
        Waiting.until("a worker that waits for jobs", () -> dispatcher.hasWorkerFor("charge"));

        dispatcher.offer(offer(1));

        assertThat(response.get(20, TimeUnit.SECONDS).body()).contains(id(1).toString());
    }

    @Test
    void answersWithNoJobWhenTheWaitIsOver() throws Exception {
        HttpResponse<String> response = post(":activate", ASK.formatted("PT0.01S"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"jobs\":[]}");
    }

    @Test
    void aCallerWhoLeftSwallowsNoJob() throws Exception {
        String body = ASK.formatted("PT50S");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream()
                    .write(
                            ("POST /api/v1/jobs:activate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                            + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.UTF_8));
            Waiting.until("a worker that waits for jobs", () -> dispatcher.hasWorkerFor("charge"));
        }

        HttpResponse<String> response = null;
        for (int number = 1; response == null || !response.body().contains("charge"); number++) {
            assertThat(number).isLessThan(100);
            dispatcher.offer(offer(number));
            response = post(":activate", ASK.formatted("PT0.1S"));
        }

        // The closed connection may be seen only when the first job is written to it; that one is handed back then.
        JobId handedOut = JobId.parse(Json.read(response.body())
                        .path("jobs")
                        .path(0)
                        .path("id")
                        .textValue())
                .orElseThrow();
        for (int number = 1; !id(number).equals(handedOut); number++) {
            int before = number;
            Waiting.until(
                    "the job to leave the queue",
                    () -> dispatcher.presence(id(before)).isEmpty());
        }
    }

    @Test
    void completesAJob() throws Exception {
        dispatcher.offer(offer(1));
        post(":activate", ASK.formatted("PT20S"));

        HttpResponse<String> response = post("/" + id(1) + ":complete", "{\"output\":{\"total\":1.10}}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"counted\":true}");
        CompleteJob command = partition.next(CompleteJob.class);
        assertThat(command.output()).hasToString("{\"total\":1.10}");
        assertThat(command.worker()).isEqualTo("curl");
    }

    @Test
    void failsAJob() throws Exception {
        dispatcher.offer(offer(1));
        post(":activate", ASK.formatted("PT20S"));

        HttpResponse<String> response = post(
                "/" + id(1) + ":fail",
                "{\"error\":{\"type\":\"https://example.com/declined\",\"status\":402},\"retryable\":false}");

        assertThat(response.statusCode()).isEqualTo(200);
        FailJob command = partition.next(FailJob.class);
        assertThat(command.error().type()).isEqualTo("https://example.com/declined");
        assertThat(command.retryable()).isFalse();
    }

    @Test
    void aHeartbeatRenewsTheLease() throws Exception {
        dispatcher.offer(offer(1));
        JsonNode job = Json.read(post(":activate", ASK.formatted("PT20S")).body())
                .path("jobs")
                .path(0);

        HttpResponse<String> response = post("/" + id(1) + ":heartbeat", "{\"progress\":{\"done\":3}}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Instant.parse(Json.read(response.body()).path("leaseUntil").textValue()))
                .isAfterOrEqualTo(Instant.parse(job.path("leaseUntil").textValue()));
        assertThat(dispatcher.presence(id(1)).orElseThrow().progress()).hasToString("{\"done\":3}");
    }

    @Test
    void aHeartbeatWithoutABodyIsFine() throws Exception {
        dispatcher.offer(offer(1));
        post(":activate", ASK.formatted("PT20S"));

        assertThat(post("/" + id(1) + ":heartbeat", "").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsThatAJobIsNotTheCallersAnyMore() throws Exception {
        partition.refuse(Refusal.JOB_STALE);

        for (HttpResponse<String> response : java.util.List.of(
                post("/" + id(1) + ":complete", "{\"output\":1}"), post("/" + id(1) + ":heartbeat", "{}"))) {
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(Json.read(response.body()).path("code").textValue()).isEqualTo("job-not-held");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/nonsense:complete|{\"output\":1}|400|invalid-id",
                ":activate|{\"types\":[],\"worker\":\"curl\"}|400|invalid-request",
                ":activate|{\"types\":[\"charge\"]}|400|invalid-request",
                ":activate|{\"types\":[\"charge\"],\"worker\":\"curl\",\"wait\":\"P1D\"}|400|invalid-request",
                ":activate|{\"types\":[\"charge\"],\"worker\":\"curl\",\"lease\":\"PT0S\"}|400|invalid-request",
                ":activate|{\"types\":[\"charge\"],\"worker\":\"curl\",\"other\":1}|400|invalid-request",
                ":activate|{\"types\":|400|malformed-json",
                "/01980000-0000-7000-0000-000000000001.3.1:fail|{\"error\":[]}|400|invalid-request",
                "/01980000-0000-7000-0000-000000000001.3.1:fail|{\"error\":{\"status\":9}}|400|invalid-request",
                "/01980000-0000-7000-0000-000000000001.3.1:fail|{}|400|invalid-request",
            })
    void tellsWhatIsWrongWithARequest(String path, String body, int status, String code) throws Exception {
        HttpResponse<String> response = post(path, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Json.read(response.body()).path("code").textValue()).isEqualTo(code);
        assertThat(partition.isEmpty()).isTrue();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/v1/jobs" + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}

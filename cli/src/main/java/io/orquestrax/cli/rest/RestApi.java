package io.orquestrax.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls of the REST API; whatever the server refuses ends the command with the server's code. */
public final class RestApi {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final String BASE = "/api/v1";

    private final URI server;
    private final HttpClient client;

    /**
     * @param url with or without a scheme
     */
    public RestApi(String url) {
        this.server = parse(url);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    public URI server() {
        return server;
    }

    public JsonNode get(Route route) {
        return document(send(request(route).GET()));
    }

    public JsonNode post(Route route, JsonNode body) {
        return document(send(request(route)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.writeBytes(body)))));
    }

    public JsonNode post(Route route, String contentType, byte[] body) {
        return document(
                send(request(route).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body))));
    }

    public JsonNode put(Route route, JsonNode body) {
        return document(send(request(route)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(Json.writeBytes(body)))));
    }

    public JsonNode delete(Route route) {
        return document(send(request(route).DELETE()));
    }

    /** The views of an instance as they change. */
    public Views views(String instanceId) {
        return new Views(this, Route.of("instances", instanceId, "events"));
    }

    /** An open stream of server-sent events. */
    InputStream stream(Route route) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(BASE + route.text()))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() < 400) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw refused(response, body.readAllBytes());
        } catch (IOException lost) {
            throw unreachable(lost);
        }
    }

    private HttpRequest.Builder request(Route route) {
        return HttpRequest.newBuilder(server.resolve(BASE + route.text()))
                .header("Accept", "application/json, application/problem+json")
                .timeout(ANSWER_LIMIT);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() >= 400) {
            throw refused(response, response.body());
        }
        return response;
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (InterruptedException | InterruptedIOException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unreachable("The command was interrupted.", List.of(), interrupted);
        } catch (IOException noAnswer) {
            throw unreachable(noAnswer);
        }
    }

    private CommandFailure unreachable(IOException cause) {
        return CommandFailure.unreachable(
                "Expected an OrquestraX server at " + server + ", but nothing answers there.",
                List.of(
                        "Start one on this machine:  orquestrax dev",
                        "or name another one:        --server URL, or ORQUESTRAX_SERVER=URL"),
                cause);
    }

    private JsonNode document(HttpResponse<byte[]> response) {
        try {
            return Json.read(response.body());
        } catch (JsonProcessingException notOurs) {
            throw CommandFailure.unreachable(
                    "Expected JSON from " + response.uri() + ", but the answer is something else: is this OrquestraX?",
                    List.of(),
                    notOurs);
        }
    }

    private static CommandFailure refused(HttpResponse<?> response, byte[] body) {
        int exitCode = response.statusCode() == 503 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
        try {
            if (Json.read(body) instanceof ObjectNode problem && problem.has("code")) {
                return CommandFailure.refused(
                        exitCode,
                        problem.path("code").asText(),
                        problem.path("detail").asText(problem.path("title").asText()),
                        violations(problem.path("violations")),
                        problem);
            }
        } catch (JsonProcessingException notOurs) {
            // Some proxy's page, most likely: told below by status and address.
        }
        ObjectNode problem = Json.NODES.objectNode();
        problem.put("status", response.statusCode());
        problem.put("detail", "Expected an answer from " + response.uri() + ", but got " + excerpt(body));
        return CommandFailure.refused(
                exitCode,
                "http-" + response.statusCode(),
                problem.path("detail").asText(),
                List.of(),
                problem);
    }

    private static String excerpt(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        String line = text.lines().findFirst().orElse("an empty answer");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }

    private static List<String> violations(JsonNode violations) {
        List<String> lines = new ArrayList<>();
        for (JsonNode violation : violations) {
            String place = violation.path("line").asInt() > 0
                    ? violation.path("line").asInt() + ":"
                            + violation.path("column").asInt() + ": "
                    : "";
            String pointer = violation.path("pointer").asText();
            lines.add(place + violation.path("message").asText() + (pointer.isEmpty() ? "" : " (" + pointer + ")"));
        }
        return lines;
    }

    private static URI parse(String url) {
        String full = url.contains("://") ? url : "http://" + url;
        try {
            URI uri = URI.create(full.endsWith("/") ? full.substring(0, full.length() - 1) : full);
            if (uri.getHost() != null
                    && (uri.getScheme().equals("http") || uri.getScheme().equals("https"))) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below.
        }
        throw CommandFailure.usage("Expected the server's address as http://host:port, but it is \"" + url + "\".");
    }
}

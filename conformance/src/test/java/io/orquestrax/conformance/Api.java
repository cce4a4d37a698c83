package io.orquestrax.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The node's REST door. */
final class Api implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    /**
     * @param body missing where there is none
     */
    record Answer(int status, JsonNode body) {

        JsonNode expect(int... statuses) {
            for (int expected : statuses) {
                if (status == expected) {
                    return body;
                }
            }
            throw new AssertionError(
                    "Expected the runtime to accept the request, but it answered " + status + " " + body);
        }
    }

    Api(String base) {
        this.base = base;
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    Answer post(String path, String contentType, String body) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var answer = client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            return new Answer(answer.statusCode(), text.isBlank() ? Json.NODES.missingNode() : Json.readTrusted(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Expected an answer, but was interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

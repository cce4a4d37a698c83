package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.CallSecrets;
import io.orquestrax.server.connector.secret.Redaction;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Does what {@code call: http} and {@code call: openapi} have in common, once the request is known. */
public final class HttpCaller {
    private static final int EXCERPT_LENGTH = 500;
    private static final String AUTHORIZATION = "Authorization";
    private static final int UNAUTHORIZED = 401;

    private final HttpSender sender;
    private final String userAgent;

    /**
     * @param version of the product, which servers are told
     */
    public HttpCaller(HttpSender sender, String version) {
        this.sender = sender;
        this.userAgent = "OrquestraX/" + version;
    }

    /**
     * What a call is to send, and what is to be made of the answer.
     *
     * @param headers checked, by name
     */
    public record Call(
            String method,
            URI uri,
            Map<String, String> headers,
            byte[] body,
            boolean hasBody,
            OutputMode output,
            boolean isFollowing) {}

    /**
     * Adds the headers that the author did not set, sends, and makes the output.
     *
     * @throws ConnectorFailure communication for another status than the author accepts
     */
    public JsonNode call(Call call, Authorization authorization, CallSecrets secrets, String idempotencyKey)
            throws ConnectorFailure, InterruptedException {
        OutgoingRequest request = request(call, idempotencyKey);
        IncomingResponse response = authorized(
                request, authorization, ready -> sender.send(ready, call.isFollowing(), secrets.redaction()));
        int firstRefused = call.isFollowing() ? 400 : 300;
        if (response.status() < 200 || response.status() >= firstRefused) {
            throw refused(request, response, firstRefused - 1, secrets);
        }
        return new CallOutput(call.output(), secrets.redaction()).of(request, response);
    }

    /**
     * Reads what stands at a URI, following redirects.
     *
     * @throws ConnectorFailure where there is nothing
     */
    public IncomingResponse fetch(URI uri, Authorization authorization, CallSecrets secrets, int maxBytes)
            throws ConnectorFailure, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", userAgent);
        headers.put("Accept", "application/json, application/yaml;q=0.9, */*;q=0.8");
        headers.put("Accept-Encoding", "gzip");
        OutgoingRequest request = new OutgoingRequest("GET", uri, headers);
        IncomingResponse response =
                authorized(request, authorization, ready -> sender.send(ready, true, secrets.redaction(), maxBytes));
        if (response.status() < 200 || response.status() >= 300) {
            throw refused(request, response, 299, secrets);
        }
        return response;
    }

    /**
     * Sends a JSON document, and reads an answer that may come in pieces.
     *
     * @param headers beside those of the content, by name
     * @throws ConnectorFailure for another status than one of success
     */
    public IncomingResponse post(
            URI uri,
            Map<String, String> headers,
            byte[] json,
            Authorization authorization,
            CallSecrets secrets,
            Duration timeout,
            BodyEnd end)
            throws ConnectorFailure, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        putIfNew(all, "User-Agent", userAgent);
        putIfNew(all, "Content-Type", "application/json");
        putIfNew(all, "Accept", "application/json, text/event-stream");
        OutgoingRequest request = new OutgoingRequest("POST", uri, all, json);
        IncomingResponse response = authorized(request, authorization, ready -> sender.stream(ready, timeout, end));
        if (response.status() < 200 || response.status() >= 300) {
            throw refused(request, response, 299, secrets);
        }
        return response;
    }

    /**
     * Reads a stream of events, until it ends, or the reader has enough of it.
     *
     * @throws ConnectorFailure for another status than one of success
     */
    public void stream(URI uri, Authorization authorization, CallSecrets secrets, Duration timeout, EventStream events)
            throws ConnectorFailure, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", userAgent);
        headers.put("Accept", "text/event-stream");
        OutgoingRequest request = new OutgoingRequest("GET", uri, headers);
        IncomingResponse response = authorized(request, authorization, ready -> sender.stream(ready, timeout, events));
        if (response.status() < 200 || response.status() >= 300) {
            throw refused(request, response, 299, secrets);
        }
    }

    /** Says that something is no longer needed; whether that was heard does not matter. */
    public void forget(URI uri, Map<String, String> headers, Authorization authorization, Duration timeout)
            throws InterruptedException {
        try {
            authorized(
                    new OutgoingRequest("DELETE", uri, headers),
                    authorization,
                    ready -> sender.stream(ready, timeout, BodyEnd.AT_ITS_OWN));
        } catch (ConnectorFailure notHeard) {
            // It ends by itself then.
            return;
        }
    }

    private interface Sending {
        IncomingResponse send(OutgoingRequest request) throws ConnectorFailure, InterruptedException;
    }

    /** A second time where the first proof was not good enough, and there is a better one. */
    private static IncomingResponse authorized(OutgoingRequest request, Authorization authorization, Sending sending)
            throws ConnectorFailure, InterruptedException {
        if (request.header(AUTHORIZATION).isPresent()) {
            return sending.send(request);
        }
        Optional<String> first = authorization.first();
        IncomingResponse response = sending.send(
                first.map(proof -> request.with(AUTHORIZATION, proof)).orElse(request));
        if (response.status() != UNAUTHORIZED) {
            return response;
        }
        Optional<String> second = authorization.afterRefusal(
                request.method(),
                request.uri(),
                response.header("www-authenticate").orElse(""));
        return second.isPresent() ? sending.send(request.with(AUTHORIZATION, second.get())) : response;
    }

    private OutgoingRequest request(Call call, String idempotencyKey) {
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        putIfNew(headers, "User-Agent", userAgent);
        putIfNew(headers, "Accept", call.output() == OutputMode.RAW ? "*/*" : "application/json, */*;q=0.8");
        putIfNew(headers, "Accept-Encoding", "gzip");
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            putIfNew(headers, "Idempotency-Key", idempotencyKey);
        }
        return new OutgoingRequest(call.method(), call.uri(), headers, call.hasBody() ? call.body() : null);
    }

    private static void putIfNew(Map<String, String> headers, String name, String value) {
        if (headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
            headers.put(name, value);
        }
    }

    private static ConnectorFailure refused(
            OutgoingRequest request, IncomingResponse response, int lastAccepted, CallSecrets secrets) {
        String answer = response.status() + (response.reason().isEmpty() ? "" : " " + response.reason());
        // Masked before it is cut: the beginning of a secret would not be known for one.
        Redaction redaction = secrets.redaction();
        String body = (response.isCut() ? redaction.maskUnfinished(response.text()) : redaction.mask(response.text()))
                .strip();
        String excerpt = body.length() <= EXCERPT_LENGTH ? body : body.substring(0, EXCERPT_LENGTH) + "…";
        String detail = "Expected " + request.method() + " " + request.uri() + " to answer with a status from 200 to "
                + lastAccepted + ", but it answered " + answer + (excerpt.isEmpty() ? "." : ": " + excerpt);
        int status = response.status() < 100 || response.status() > 599
                ? StandardError.COMMUNICATION.status()
                : response.status();
        return ConnectorFailure.communication(status, "HTTP " + answer, detail);
    }
}

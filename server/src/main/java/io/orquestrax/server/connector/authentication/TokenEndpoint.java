package io.orquestrax.server.connector.authentication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTParser;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.authentication.TokenRequest.Parameter;
import io.orquestrax.server.connector.http.HttpSender;
import io.orquestrax.server.connector.http.IncomingResponse;
import io.orquestrax.server.connector.http.OutgoingRequest;
import io.orquestrax.server.connector.http.RequestHeaders;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks for tokens (RFC 6749 section 5). Never follows a redirect: the request holds the client's credentials. */
record TokenEndpoint(HttpSender sender, InstantSource clock) {
    private static final int MAX_BYTES = 256 * 1024;
    /** Of a token whose server does not say; one that is refused before is replaced. */
    private static final Duration ASSUMED_LIFE = Duration.ofMinutes(5);

    private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(1).toSeconds();

    AccessToken ask(TokenRequest request, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        Instant now = clock.instant();
        List<Parameter> parameters = new ArrayList<>(request.parameters());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", request.isJson() ? "application/json" : "application/x-www-form-urlencoded");
        request.client().apply(request.endpoint(), now, parameters, headers, secrets.redaction());
        String body = request.isJson() ? json(parameters) : form(parameters);
        IncomingResponse response = sender.send(
                new OutgoingRequest("POST", request.endpoint(), headers, body.getBytes(StandardCharsets.UTF_8)),
                false,
                secrets.redaction(),
                MAX_BYTES);
        JsonNode answer = parsed(response);
        if (response.status() != 200 || !answer.path("access_token").isTextual()) {
            throw refused(request, response, answer);
        }
        AccessToken token = token(answer, now);
        secrets.redaction().add(token.value());
        token.refreshToken().ifPresent(secrets.redaction()::add);
        checkSendable(token);
        checkType(answer);
        checkIssuer(token, request.issuers());
        return token;
    }

    private static AccessToken token(JsonNode answer, Instant now) {
        long seconds = answer.path("expires_in").asLong(ASSUMED_LIFE.toSeconds());
        Duration life = Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_LIFE_SECONDS));
        JsonNode refresh = answer.path("refresh_token");
        return new AccessToken(
                answer.path("access_token").textValue(),
                AccessToken.until(now, life),
                refresh.isTextual() ? refresh.textValue() : null);
    }

    private static JsonNode parsed(IncomingResponse response) {
        try {
            return Json.read(response.text());
        } catch (JsonProcessingException notJson) {
            return Json.NODES.missingNode();
        }
    }

    private static ConnectorFailure refused(TokenRequest request, IncomingResponse response, JsonNode answer) {
        String reason = Optional.of(answer.path("error").asText())
                .filter(error -> !error.isEmpty())
                .map(error -> error + " " + answer.path("error_description").asText())
                .orElse("no token")
                .strip();
        String detail = "Expected a token of " + request.endpoint() + ", but it answered " + response.status()
                + " with " + reason + ".";
        return response.status() >= 500 || response.status() == 429
                ? ConnectorFailure.communication(Math.min(response.status(), 599), "Token not available", detail)
                : ConnectorFailure.of(StandardError.AUTHENTICATION, "Token refused", detail);
    }

    private static void checkSendable(AccessToken token) throws ConnectorFailure {
        Optional<String> problem = RequestHeaders.problemInAscii(token.value());
        if (problem.isPresent()) {
            throw ConnectorFailure.of(
                    StandardError.AUTHENTICATION,
                    "Token not usable",
                    "Expected a token that can be sent, but it has " + problem.get() + ".");
        }
    }

    /** A token of another type would have to be shown in another way. */
    private static void checkType(JsonNode answer) throws ConnectorFailure {
        String type = answer.path("token_type").asText("bearer");
        if (!type.equalsIgnoreCase("bearer") && !type.equalsIgnoreCase("N_A")) {
            throw ConnectorFailure.of(
                    StandardError.AUTHENTICATION,
                    "Token not usable",
                    "Expected a bearer token, but its type is \"" + type + "\".");
        }
    }

    private static void checkIssuer(AccessToken token, List<String> issuers) throws ConnectorFailure {
        if (issuers.isEmpty()) {
            return;
        }
        String issuer = "";
        try {
            issuer = String.valueOf(
                    JWTParser.parse(token.value()).getJWTClaimsSet().getIssuer());
        } catch (ParseException opaque) {
            issuer = "unknown";
        }
        if (!issuers.contains(issuer)) {
            throw ConnectorFailure.of(
                    StandardError.AUTHENTICATION,
                    "Issuer not accepted",
                    "Expected a token of " + String.join(" or ", issuers) + ", but its issuer is " + issuer + ".");
        }
    }

    private static String form(List<Parameter> parameters) {
        return parameters.stream()
                .map(each -> URLEncoder.encode(each.name(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(each.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** A name that stands there several times has a list. */
    private static String json(List<Parameter> parameters) {
        ObjectNode object = Json.NODES.objectNode();
        for (Parameter each : parameters) {
            List<String> values = parameters.stream()
                    .filter(other -> other.name().equals(each.name()))
                    .map(Parameter::value)
                    .toList();
            if (values.size() == 1) {
                object.put(each.name(), each.value());
            } else if (!object.has(each.name())) {
                values.forEach(object.putArray(each.name())::add);
            }
        }
        return Json.write(object);
    }
}

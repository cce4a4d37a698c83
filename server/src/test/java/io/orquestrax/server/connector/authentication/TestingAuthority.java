package io.orquestrax.server.connector.authentication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.connector.http.TestingSite.Asked;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A small authorization server: knows one client, checks how it authenticates itself by the rules of OAuth 2 and OpenID
 * Connect, and gives tokens. Beside it is a resource, at {@code /data}, which takes those that were not revoked.
 */
final class TestingAuthority {
    static final String CLIENT = "client:1";
    static final String SECRET = "a secret/of+at least 32 bytes: xyz";

    private final TestingSite site;
    private final BlockingQueue<Map<String, String>> asked = new LinkedBlockingQueue<>();
    private final AtomicInteger given = new AtomicInteger();
    private final Set<String> valid = new HashSet<>();
    private final Set<String> usedAssertions = new HashSet<>();
    private final Set<String> refreshTokens = new HashSet<>(Set.of("first-refresh"));
    private @Nullable PublicKey key;
    private int lifeSeconds = 3600;
    private String tokenEnd = "";
    private boolean isSigned;
    private boolean hasIssuer = true;

    TestingAuthority(TestingSite site) {
        this.site = site;
        site.on("/realm/oauth2/token", (exchange, request) -> answerToken(exchange, request));
        site.on("/realm/.well-known/openid-configuration", (exchange, request) -> {
            ObjectNode document = Json.NODES.objectNode();
            document.put("issuer", hasIssuer ? site.url("/realm") : "http://somebody.else");
            document.put("token_endpoint", site.url("/realm/oauth2/token"));
            TestingSite.send(exchange, 200, "application/json", Json.write(document));
        });
        site.on("/data", (exchange, request) -> {
            String shown = request.headers().getOrDefault("Authorization", "");
            boolean isGood;
            synchronized (this) {
                isGood = valid.contains(shown.replace("Bearer ", ""));
            }
            TestingSite.send(exchange, isGood ? 200 : 401, "text/plain", isGood ? shown : "who are you? " + shown);
        });
    }

    String authority() {
        return site.url("/realm");
    }

    /** The parameters of the requests for tokens that were granted. */
    BlockingQueue<Map<String, String>> asked() {
        return asked;
    }

    synchronized void revokeAll() {
        valid.clear();
    }

    synchronized void live(int seconds) {
        lifeSeconds = seconds;
    }

    synchronized void know(PublicKey ofClient) {
        key = ofClient;
    }

    synchronized void sign() {
        isSigned = true;
    }

    synchronized void endTokensWith(String end) {
        tokenEnd = end;
    }

    synchronized void nameAnotherIssuer() {
        hasIssuer = false;
    }

    private synchronized void answerToken(com.sun.net.httpserver.HttpExchange exchange, Asked request)
            throws java.io.IOException {
        Map<String, String> parameters = parameters(request);
        Optional<String> error = error(request, parameters);
        ObjectNode answer = Json.NODES.objectNode();
        if (error.isPresent()) {
            answer.put("error", error.get()).put("error_description", "as tested");
            TestingSite.send(exchange, error.get().equals("busy") ? 503 : 400, "application/json", Json.write(answer));
            return;
        }
        asked.add(parameters);
        String token = (isSigned ? signed() : "token-" + given.incrementAndGet()) + tokenEnd;
        valid.add(token);
        answer.put("access_token", token).put("token_type", "bearer").put("expires_in", lifeSeconds);
        String grant = parameters.getOrDefault("grant_type", "");
        if (grant.equals("refresh_token") || grant.equals("authorization_code")) {
            refreshTokens.remove(parameters.get("refresh_token"));
            String next = "refresh-" + given.get();
            refreshTokens.add(next);
            answer.put("refresh_token", next);
        }
        TestingSite.send(exchange, 200, "application/json", Json.write(answer));
    }

    private String signed() {
        try {
            JWTClaimsSet claims = new JWTClaimsSet.Builder()
                    .issuer(authority())
                    .jwtID(String.valueOf(given.incrementAndGet()))
                    .build();
            SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            jwt.sign(new MACSigner(SECRET));
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Optional<String> error(Asked request, Map<String, String> parameters) {
        if ("busy".equals(parameters.get("scope"))) {
            return Optional.of("busy");
        }
        if (!isClient(request, parameters)) {
            return Optional.of("invalid_client");
        }
        boolean isGranted = switch (parameters.getOrDefault("grant_type", "")) {
            case "client_credentials" -> true;
            case "password" -> "ada".equals(parameters.get("username")) && "p&ss=1".equals(parameters.get("password"));
            case "refresh_token" -> refreshTokens.contains(parameters.getOrDefault("refresh_token", ""));
            case "authorization_code" -> "code-1".equals(parameters.get("code"));
            case "urn:ietf:params:oauth:grant-type:token-exchange" ->
                "theirs".equals(parameters.get("subject_token"))
                        && "urn:t".equals(parameters.get("subject_token_type"));
            default -> false;
        };
        return isGranted ? Optional.empty() : Optional.of("invalid_grant");
    }

    private boolean isClient(Asked request, Map<String, String> parameters) {
        String basic = request.headers().get("Authorization");
        if (basic != null) {
            String expected = form(CLIENT) + ":" + form(SECRET);
            return basic.equals(
                    "Basic " + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8)));
        }
        String assertion = parameters.get("client_assertion");
        if (assertion != null) {
            return "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                            .equals(parameters.get("client_assertion_type"))
                    && isAssertion(assertion);
        }
        String secret = parameters.get("client_secret");
        return CLIENT.equals(parameters.get("client_id")) && (secret == null || secret.equals(SECRET));
    }

    /** RFC 7523: for this server, of this client, not over, and used once. */
    private boolean isAssertion(String assertion) {
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            JWSVerifier verifier = switch (key) {
                case RSAPublicKey rsa -> new RSASSAVerifier(rsa);
                case ECPublicKey ec -> new ECDSAVerifier(ec);
                case null, default -> new MACVerifier(SECRET);
            };
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            return jwt.verify(verifier)
                    && CLIENT.equals(claims.getIssuer())
                    && CLIENT.equals(claims.getSubject())
                    && claims.getAudience().contains(site.url("/realm/oauth2/token"))
                    && claims.getExpirationTime().after(Date.from(Instant.now()))
                    && usedAssertions.add(claims.getJWTID());
        } catch (ParseException | JOSEException malformed) {
            return false;
        }
    }

    private static Map<String, String> parameters(Asked request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (request.headers().getOrDefault("Content-Type", "").equals("application/json")) {
            try {
                JsonNode body = Json.read(request.body());
                body.properties()
                        .forEach(each -> parameters.put(
                                each.getKey(),
                                each.getValue().isTextual()
                                        ? each.getValue().textValue()
                                        : Json.write(each.getValue())));
            } catch (JsonProcessingException malformed) {
                throw new IllegalStateException(malformed);
            }
            return parameters;
        }
        for (String pair : request.body().split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.merge(decoded(parts[0]), decoded(parts[1]), (first, second) -> first + " " + second);
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String form(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.orquestrax.server.connector.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.connector.http.TestingSite.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digest authentication against a server that computes what RFC 7616 says. */
class DigestTest {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"?([^\",]*)\"?");

    private final TestingSite site = new TestingSite();
    private final TestingConnectors connectors = TestingConnectors.onThisMachine();

    @AfterEach
    void close() {
        connectors.close();
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"MD5, auth", "SHA-256, auth", "MD5, ''"})
    void answersAChallenge(String algorithm, String quality) throws Exception {
        String more = ", algorithm=" + algorithm + (quality.isEmpty() ? "" : ", qop=\"" + quality + "\"");
        guard("Digest realm=\"r\", nonce=\"n1\", opaque=\"o\"" + more, algorithm);

        assertThat(connectors.http(with("ada", "{'a':1}"))).hasToString("\"welcome {\\\"a\\\":1}\"");

        assertThat(site.asked().headers()).doesNotContainKey("Authorization");
        assertThat(site.asked().headers().get("Authorization")).contains("username=\"ada\"", "uri=\"/guarded?x=1\"");
        assertThat(site.wasAsked()).isFalse();
    }

    @Test
    void choosesTheStrongestOfSeveralChallenges() throws Exception {
        guard(
                "Basic realm=\"r\", Digest realm=\"r\", nonce=\"n1\", algorithm=MD5, qop=\"auth\","
                        + " Digest realm=\"r\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"",
                "SHA-256");

        assertThat(connectors.http(with("ada", "{}"))).hasToString("\"welcome {}\"");
    }

    @Test
    void failsWithTheStatusWhereThePasswordIsWrong() {
        guard("Digest realm=\"r\", nonce=\"n1\", qop=\"auth\"", "MD5");

        WorkflowError error = connectors.httpFailure(with("eve", "{}"));

        assertThat(error.status()).isEqualTo(401);
        assertThat(error.type()).endsWith("/communication");
    }

    @Test
    void givesUpWithoutAChallengeThatItKnows() {
        guard("Negotiate", "MD5");

        assertThat(connectors.httpFailure(with("ada", "{}")).status()).isEqualTo(401);
        assertThat(site.asked().headers()).doesNotContainKey("Authorization");
        assertThat(site.wasAsked()).isFalse();
    }

    private void guard(String challenge, String algorithm) {
        site.on("/guarded", (exchange, asked) -> {
            if (isGood(asked, algorithm)) {
                TestingSite.send(exchange, 200, "text/plain", "welcome " + asked.body());
            } else {
                refuse(exchange, challenge);
            }
        });
    }

    private static void refuse(HttpExchange exchange, String challenge) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
        exchange.sendResponseHeaders(401, -1);
    }

    private static boolean isGood(Asked asked, String algorithm) {
        Map<String, String> given = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(asked.headers().getOrDefault("Authorization", ""));
        while (matcher.find()) {
            given.put(matcher.group(1), matcher.group(2));
        }
        String who = hash(algorithm, "ada:r:lovelace");
        String what = hash(algorithm, asked.method() + ":" + asked.target());
        String quality = given.containsKey("qop")
                ? given.get("nc") + ":" + given.get("cnonce") + ":" + given.get("qop") + ":"
                : "";
        return hash(algorithm, who + ":n1:" + quality + what).equals(given.get("response"));
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String with(String user, String body) {
        return "{'method':'post','endpoint':{'uri':'" + site.url("/guarded?x=1")
                + "','authentication':{'digest':{'username':'" + user + "','password':'lovelace'}}},'body':" + body
                + "}";
    }
}

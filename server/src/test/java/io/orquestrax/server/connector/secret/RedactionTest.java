package io.orquestrax.server.connector.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionTest {
    private static final String SECRET = "pä\"ss/w+rd<&>'7";

    private final Redaction redaction = new Redaction();

    static Stream<String> forms() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                SECRET,
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
                Json.write(Json.NODES.textNode(SECRET)),
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                "pä&quot;ss/w+rd&lt;&amp;&gt;&#39;7");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void masksASecretHoweverItIsEncoded(String form) {
        redaction.add(SECRET);

        String masked = redaction.mask("before " + form + " after");

        assertThat(masked).startsWith("before ").contains("***").endsWith(" after");
        assertThat(masked).doesNotContain(form, SECRET);
        assertThat(redaction.isSecret("x" + form + "y")).isTrue();
    }

    @Test
    void findsASecretInsideOfWhatIsEncodedTogetherWithIt() {
        redaction.add("correct-horse-battery");

        for (String before : new String[] {"", "a", "ab", "abc", "user:"}) {
            String encoded = Base64.getEncoder()
                    .encodeToString((before + "correct-horse-battery!").getBytes(StandardCharsets.UTF_8));

            assertThat(redaction.mask(encoded)).contains("***").hasSizeLessThan(20);
        }
    }

    @Test
    void masksEveryTextAndNumberOfAnObject() {
        redaction.add(
                Json.readTrusted("{\"user\":\"ada-lovelace\",\"keys\":[123456,{\"k\":\"inner-key\"}],\"on\":true}"));

        JsonNode masked =
                redaction.mask(Json.readTrusted("{\"ada-lovelace\":[\"x inner-key\",123456,1,true,null],\"n\":1.10}"));

        assertThat(masked.toString()).isEqualTo("{\"***\":[\"x ***\",\"***\",1,true,null],\"n\":1.10}");
    }

    @Test
    void masksEveryMemberOfAnError() {
        redaction.add("hunter22");
        WorkflowError error = WorkflowError.fromJson(Json.readTrusted("""
                {"type":"urn:hunter22","status":401,"title":"hunter22","detail":"x hunter22","tried":["hunter22"]}
                """));

        assertThat(redaction.mask(error).toJson().toString())
                .isEqualTo(
                        "{\"type\":\"urn:***\",\"status\":401,\"title\":\"***\",\"detail\":\"x ***\",\"tried\":[\"***\"]}");
    }

    @Test
    void masksAShortSecretOnlyWhereItStandsAlone() {
        redaction.add("ab");

        assertThat(redaction.mask("ab")).isEqualTo("***");
        assertThat(redaction.mask("table")).isEqualTo("table");
    }

    @Test
    void masksTheLongerOfTwoSecretsFirst() {
        redaction.add("password");
        redaction.add("password-of-root");

        assertThat(redaction.mask("password-of-root password")).isEqualTo("*** ***");
    }

    @Test
    void leavesBytesThatSpellNoSecretAsTheyAre() {
        byte[] binary = {0, (byte) 0xff, 's', 'e', 'c', 'r', 'e', 't', (byte) 0x80};

        assertThat(redaction.mask(binary)).isSameAs(binary);
        redaction.add("secret");
        assertThat(redaction.mask(binary)).containsExactly(0, 0xff, '*', '*', '*', 0x80);
        assertThat(redaction.mask(new byte[] {1, 2})).containsExactly(1, 2);
    }

    @Test
    void knowsNoSecretInAnEmptyText() {
        redaction.add("");

        assertThat(redaction.mask("")).isEmpty();
        assertThat(redaction.isSecret("")).isFalse();
    }
}

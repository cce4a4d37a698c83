package io.orquestrax.server.connector.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
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

    /** What PHP, Go, Python and others make of a text, and what becomes of that on its way through another. */
    static Stream<String> formsOfOthers() {
        String bs = "\\";
        return Stream.of(
                "p" + bs + "u00e4" + bs + "\"ss/w+rd<&>'7",
                "p" + bs + "u00E4" + bs + "\"ss/w+rd<&>'7",
                "pä" + bs + "\"ss" + bs + "/w+rd<&>'7",
                "pä" + bs + "\"ss/w+rd" + bs + "u003c" + bs + "u0026" + bs + "u003e'7",
                "p%C3%A4%22ss/w+rd%3C&%3E'7",
                "p%c3%a4%22ss%2fw%2brd%3c%26%3e%277",
                "p%25C3%25A4%2522ss%252Fw%252Brd%253C%2526%253E%25277",
                "p&#228;&#34;ss&#x2F;w+rd&lt;&amp;&gt;&#x27;7",
                "p&amp;#228;&amp;quot;ss/w+rd&amp;lt;&amp;amp;&amp;gt;&amp;#39;7",
                "p" + bs + bs + "u00e4" + bs + bs + bs + "\"ss/w+rd<&>'7",
                "p%5Cu00e4%5C%22ss%5C/w%2Brd%3C%26%3E%277",
                "p" + bs + "xc3" + bs + "xa4\"ss/w+rd<&>" + bs + "'7",
                "70C3A4227373 2F772B7264\n3C263E2737",
                "70 c3 a4 22 73 73 2f 77 2b 72 64 3c 26 3e 27 37");
    }

    @ParameterizedTest
    @MethodSource("formsOfOthers")
    void masksASecretHoweverOthersWriteIt(String form) {
        redaction.add(SECRET);

        assertThat(redaction.mask("before " + form + " after")).isEqualTo("before *** after");
        assertThat(redaction.isSecret("x" + form + "y")).isTrue();
    }

    @Test
    void masksBase64InLines() {
        String secret = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n".repeat(8);
        redaction.add(secret);
        for (String before : new String[] {"", "a", "ab"}) {
            byte[] bytes = (before + secret).getBytes(StandardCharsets.UTF_8);
            for (int width : new int[] {64, 76}) {
                for (String end : new String[] {"\n", "\r\n", "\r\n  "}) {
                    String wrapped = Base64.getMimeEncoder(width, end.getBytes(StandardCharsets.UTF_8))
                            .encodeToString(bytes);

                    assertThat(redaction.mask(wrapped)).contains("***").hasSizeLessThan(16);
                    assertThat(redaction.mask(Json.write(Json.NODES.textNode(wrapped))))
                            .hasSizeLessThan(18);
                }
            }
        }
    }

    @Test
    void masksASecretOfSeveralLinesWhateverEndsThem() {
        redaction.add("first line\nsecond line");

        assertThat(redaction.mask("a first line\r\nsecond line b")).isEqualTo("a *** b");
        assertThat(redaction.mask("a first line\\r\\nsecond line b")).isEqualTo("a *** b");
        assertThat(redaction.mask("a first+line%0Asecond+line b")).isEqualTo("a *** b");
    }

    /** Whatever a text is escaped by, in whatever order, nothing of it is left. */
    @Test
    void masksWhatWasEscapedSeveralTimes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "ab/\\\"'&%<>+ \nnu0;ä日\uD83D\uDE00";
        List<UnaryOperator<String>> escapes = List.of(
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8),
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .toLowerCase(Locale.ROOT),
                text -> {
                    String quoted = Json.write(Json.NODES.textNode(text));
                    return quoted.substring(1, quoted.length() - 1);
                },
                text -> text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"),
                text -> text.replace("\\", "\\\\").replace("/", "\\/"));
        for (int round = 0; round < 2000; round++) {
            String secret = random.ints(12, 0, alphabet.codePointCount(0, alphabet.length()))
                    .map(index -> alphabet.codePointAt(alphabet.offsetByCodePoints(0, index)))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            secret = "q" + secret + "q";
            String escaped = secret;
            for (int layer = random.nextInt(3); layer >= 0; layer--) {
                escaped = escapes.get(random.nextInt(escapes.size())).apply(escaped);
            }
            Redaction one = new Redaction();
            one.add(secret);

            assertThat(one.mask("-" + escaped + "-"))
                    .as("seed %d, secret %s, escaped %s", seed, secret, escaped)
                    .isEqualTo("-***-");
        }
    }

    @Test
    void masksWhatTwoSecretsShareAsOne() {
        redaction.add("correct-horse");
        redaction.add("horse-battery");

        assertThat(redaction.mask("a correct-horse-battery b")).isEqualTo("a *** b");
        assertThat(redaction.mask("correct-horsehorse-battery")).isEqualTo("******");
    }

    @Test
    void leavesOutWhatMayBecomeASecret() {
        redaction.add("LINE-ONE\nLINE-TWO");

        assertThat(redaction.maskUnfinished("x\nLINE-ONE\n")).isEqualTo("x\n");
        assertThat(redaction.maskUnfinished("x\nLINE-ONE\nLINE-T")).isEqualTo("x\n");
        assertThat(redaction.maskUnfinished("x\nLINE-ONE\nLINE-TWO\n")).isEqualTo("x\n***\n");
        assertThat(redaction.maskUnfinished("x\nLINE-ONE\nnext\n")).isEqualTo("x\nLINE-ONE\nnext\n");
    }

    @Test
    void knowsASecretThatBeganBefore() {
        redaction.add("LINE-ONE\nLINE-TWO");
        String text = "x\nLINE-ONE\nLINE-TWO\ny\n";

        assertThat(redaction.maskUnfinished(text, text.indexOf("LINE-TWO"))).isEqualTo("***\ny\n");
        assertThat(redaction.maskUnfinished(text, text.indexOf("y"))).isEqualTo("y\n");
        assertThat(redaction.reach()).isGreaterThan("LINE-ONE\nLINE-TWO".length() * 12);
    }

    @Test
    void masksASecretBeyondLatinInBytes() {
        redaction.add("schlüssel-日本");

        byte[] masked = redaction.mask("a schlüssel-日本 b".getBytes(StandardCharsets.UTF_8));

        assertThat(new String(masked, StandardCharsets.UTF_8)).isEqualTo("a *** b");
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

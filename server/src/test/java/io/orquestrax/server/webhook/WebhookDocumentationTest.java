package io.orquestrax.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What docs/webhooks.md shows, is so. */
class WebhookDocumentationTest {
    private static final Pattern COMMAND = Pattern.compile(
            "curl -X PUT localhost:8080/api/v1/webhooks/(\\w+) .*?-d '(\\{.*?\\n    \\})'", Pattern.DOTALL);
    private static final Pattern REQUEST =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| `([^`]+)` \\| `([^`]+)` \\| (.+) \\|$");
    private static final Pattern SCHEME = Pattern.compile("(?m)^\\| `(\\w+)` \\|[^|]*\\|[^|]*\\|$");

    private final String documentation = documentation();

    @Test
    void theCommandMakesAWebhookWhoseEventsAreAsItSays() {
        Matcher command = COMMAND.matcher(documentation);
        assertThat(command.find()).isTrue();
        Webhook webhook = Webhook.read(command.group(1), Json.readTrusted(command.group(2)));
        HookRequest push = new HookRequest(
                Map.of("x-github-event", "push", "x-github-delivery", "d-1", "content-type", "application/json"),
                Map.of(),
                "{\"repository\":{\"full_name\":\"a/b\"}}".getBytes(StandardCharsets.UTF_8));

        JsonNode event = webhook.mapping().event(webhook.name(), webhook.verification(), push, Instant.EPOCH);

        assertThat(event.path("type").asText()).isEqualTo("com.github.push");
        assertThat(event.path("subject").asText()).isEqualTo("a/b");
        assertThat(event.path("source").asText()).isEqualTo("/webhooks/github");
        assertThat(event.path("id").asText()).as("a hash of the body").matches("[0-9a-f]{64}");
        assertThat(command.find()).as("another command").isFalse();
    }

    @TestFactory
    List<DynamicTest> theRequestsAreVerified() {
        List<DynamicTest> tests = new ArrayList<>();
        for (MatchResult row : REQUEST.matcher(documentation).results().toList()) {
            tests.add(DynamicTest.dynamicTest(row.group(1), () -> verify(row)));
        }
        assertThat(tests).extracting(DynamicTest::getDisplayName).contains("github", "stripe", "slack", "standard");
        return tests;
    }

    private static void verify(MatchResult row) {
        Map<String, String> headers = new HashMap<>();
        Pattern.compile("`([^`:]+): ([^`]+)`")
                .matcher(row.group(4))
                .results()
                .forEach(header -> headers.put(header.group(1).toLowerCase(Locale.ROOT), header.group(2)));
        Verification verification = webhook("{\"scheme\":\"" + row.group(1) + "\",\"secret\":\"s\"}")
                .verification();
        Matcher moment = Pattern.compile("\\b(1[0-9]{9})\\b").matcher(String.join(" ", headers.values()));
        Instant sent = moment.find() ? Instant.ofEpochSecond(Long.parseLong(moment.group(1))) : Instant.EPOCH;
        boolean hasMoment = !sent.equals(Instant.EPOCH);

        assertThatCode(() -> verification.check(request(headers, row.group(3)), row.group(2), sent))
                .doesNotThrowAnyException();
        assertRefused(verification, request(headers, row.group(3) + " "), row.group(2), sent);
        assertRefused(verification, request(headers, row.group(3)), row.group(2) + "A", sent);
        if (hasMoment) {
            Instant late = sent.plus(Duration.parse("PT5M")).plusSeconds(1);
            assertRefused(verification, request(headers, row.group(3)), row.group(2), late);
        }
    }

    @Test
    void everySchemeIsOne() {
        List<String> schemes =
                SCHEME.matcher(documentation).results().map(row -> row.group(1)).toList();

        assertThat(schemes).contains("github", "stripe", "slack", "standard", "hmac", "none");
        for (String scheme : schemes) {
            String secret = scheme.equals("none") ? "" : ",\"secret\":\"s\"";
            assertThatCode(() -> webhook("{\"scheme\":\"" + scheme + "\"" + secret + "}"))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theLimitsAreThoseThatItNames() {
        Webhook usual = webhook("{\"scheme\":\"none\"}");

        assertThat(documentation).contains("`maxBytes` of a body (1 MiB;").contains("that each node takes (600)");
        assertThat(usual.maxBytes()).isEqualTo(1 << 20);
        assertThat(usual.perMinute()).isEqualTo(600);
    }

    private static Webhook webhook(String verification) {
        return Webhook.read("w", Json.readTrusted("{\"verification\":" + verification + "}"));
    }

    private static HookRequest request(Map<String, String> headers, String body) {
        return new HookRequest(headers, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(Verification verification, HookRequest request, String key, Instant now) {
        assertThat(catchThrowableOfType(ServiceException.class, () -> verification.check(request, key, now))
                        .code())
                .isEqualTo(ErrorCode.SIGNATURE_REFUSED);
    }

    private static String documentation() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.resolve("..").normalize();
        }
        try {
            return Files.readString(directory.resolve("docs/webhooks.md"));
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}

package io.orquestrax.cli.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.cli.Orquestrax;
import io.orquestrax.cli.testing.TestingApi;
import io.orquestrax.cli.testing.TestingTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksCommandTest {
    private static final String GITHUB = webhook("github", "");
    private static final String RESTING = webhook("resting", ",\"enabled\":false");

    @TempDir
    private Path directory;

    private final TestingApi api = new TestingApi();
    private TestingTerminal terminal = terminal("");

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void listsThemWithWhatCameToEach() {
        api.on("GET /webhooks?pageSize=20", "{\"webhooks\":[" + GITHUB + "," + RESTING + "]}");

        assertThat(run("webhooks")).isZero();

        assertThat(terminal.out().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .containsSubsequence("github", "✓ enabled", "hmac", "/api/v1/hooks/github", "12", "3", "4"))
                .anySatisfy(line -> assertThat(line).containsSubsequence("resting", "‖ disabled"));
    }

    @Test
    void anEmptyListTellsHowToBegin() {
        api.on("GET /webhooks?pageSize=100", "{\"webhooks\":[]}");

        assertThat(run("webhooks", "list", "--all")).isZero();

        assertThat(terminal.out()).contains("orquestrax webhooks apply NAME FILE");
    }

    @Test
    void listsADocumentALineForPrograms() {
        api.on("GET /webhooks?pageSize=1", "{\"webhooks\":[" + GITHUB + "],\"nextPageToken\":\"next\"}");

        assertThat(run("webhooks", "list", "--limit", "1", "--output", "json")).isZero();

        assertThat(terminal.out()).isEqualToIgnoringNewLines(GITHUB);
    }

    @Test
    void showsOneUnderEitherName() {
        api.on("GET /webhooks/github", GITHUB);

        assertThat(run("webhooks", "show", "github")).isZero();
        String shown = terminal.out();
        terminal = terminal("");
        assertThat(run("webhooks", "get", "github")).isZero();

        assertThat(shown)
                .contains(
                        "hmac, with the secret hook",
                        "12 accepted, 3 duplicates, 4 refused",
                        "Not signed.",
                        ".body.id");
        assertThat(terminal.out()).isEqualTo(shown);
    }

    @Test
    void appliesAFileInYaml() throws IOException {
        Path file = Files.writeString(
                directory.resolve("github.yaml"), "verification: { scheme: hmac, secret: hook }\nperMinute: 10\n");
        api.on("PUT /webhooks/github", 201, "application/json", GITHUB);

        assertThat(run("webhooks", "apply", "github", file.toString())).isZero();

        assertThat(api.requests())
                .containsExactly("PUT /webhooks/github"
                        + " {\"verification\":{\"scheme\":\"hmac\",\"secret\":\"hook\"},\"perMinute\":10}");
        assertThat(terminal.out()).contains("✓ /api/v1/hooks/github takes requests of the kind hmac");
    }

    @Test
    void namesThePlaceOfAMistakeInTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.yaml"), "verification:\n  scheme: [\n");

        assertThat(run("webhooks", "apply", "github", file.toString())).isEqualTo(2);

        assertThat(terminal.err()).contains(file + ":");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void tellsWhatTheServerRefusesWithItsCode() {
        terminal = terminal("verification: { scheme: sms }");
        api.on(
                "PUT /webhooks/github",
                400,
                "application/problem+json",
                "{\"code\":\"invalid-request\",\"detail\":\"Expected a scheme out of github\"}");

        assertThat(run("webhooks", "apply", "github", "-")).isEqualTo(4);

        assertThat(terminal.err()).isEqualToIgnoringNewLines("error invalid-request: Expected a scheme out of github");
    }

    @Test
    void disablesEnablesAndDeletes() {
        api.on("POST /webhooks/github:disable", RESTING);
        api.on("POST /webhooks/github:enable", GITHUB);
        api.on("DELETE /webhooks/github", GITHUB);

        assertThat(run("webhooks", "disable", "github")).isZero();
        assertThat(terminal.out()).contains("‖ disabled");
        assertThat(run("webhooks", "enable", "github")).isZero();
        assertThat(run("webhooks", "delete", "github", "--output", "json")).isZero();

        assertThat(api.requests())
                .containsExactly(
                        "POST /webhooks/github:disable {}",
                        "POST /webhooks/github:enable {}",
                        "DELETE /webhooks/github");
        assertThat(terminal.out()).endsWith(GITHUB + System.lineSeparator());
    }

    @Test
    void triesARequestAndPrintsItsEvent() throws IOException {
        Path body = Files.writeString(directory.resolve("push.json"), "{\"id\": 1.10}");
        api.on("POST /webhooks/github:try", "{\"taken\":true,\"event\":{\"type\":\"push\"}}");

        assertThat(run(
                        "webhooks",
                        "try",
                        "github",
                        "--header",
                        "X-Kind: push: forced",
                        "--query",
                        "a=b",
                        "--data",
                        "@" + body))
                .isZero();

        assertThat(api.requests())
                .containsExactly("POST /webhooks/github:try {\"headers\":{\"X-Kind\":\"push: forced\"},"
                        + "\"query\":{\"a\":\"b\"},\"body\":\"{\\\"id\\\": 1.10}\"}");
        assertThat(terminal.out()).contains("\"type\" : \"push\"");
    }

    @Test
    void aRequestThatWouldBeRefusedEndsWithOne() {
        api.on("POST /webhooks/github:try", "{\"taken\":false,\"refusal\":\"Not signed.\",\"event\":{}}");

        assertThat(run("webhooks", "try", "github")).isEqualTo(1);

        assertThat(terminal.err()).contains("not taken Not signed.");
    }

    @Test
    void refusesAHeaderWithoutAName() {
        assertThat(run("webhooks", "try", "github", "--header", "push")).isEqualTo(2);

        assertThat(terminal.err()).contains("'NAME: VALUE'");
    }

    private int run(String... arguments) {
        return Orquestrax.run(terminal.terminal(), arguments);
    }

    private TestingTerminal terminal(String input) {
        return new TestingTerminal(input, Map.of("ORQUESTRAX_SERVER", api.address()));
    }

    private static String webhook(String name, String more) {
        return "{\"name\":\"" + name + "\",\"path\":\"/api/v1/hooks/" + name
                + "\",\"configuration\":{\"verification\":{\"scheme\":\"hmac\",\"secret\":\"hook\"},"
                + "\"event\":{\"id\":\".body.id\"}" + more + "},\"changedAt\":\"2026-01-01T00:00:00Z\","
                + "\"changedBy\":\"ada\",\"received\":{\"accepted\":12,\"duplicates\":3,\"refused\":4,"
                + "\"lastAt\":\"2026-01-01T00:00:00Z\",\"lastRefusal\":\"Not signed.\"}}";
    }
}

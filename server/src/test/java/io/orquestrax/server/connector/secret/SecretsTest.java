package io.orquestrax.server.connector.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    Path directory;

    @Test
    void readsTheEnvironmentBeforeTheDirectory() throws IOException {
        Files.writeString(directory.resolve("payment-api"), "of the directory");
        Files.writeString(directory.resolve("mail"), "of the directory\n");
        Secrets secrets = Secrets.of(Map.of("ORQUESTRAX_SECRET_PAYMENT_API", "of the environment"), directory);

        assertThat(text(secrets.find("payment-api"))).isEqualTo("of the environment");
        assertThat(text(secrets.find("mail"))).isEqualTo("of the directory");
        assertThat(secrets.find("nobody")).isEmpty();
    }

    @Test
    void readsAnObjectWhereTheTextIsOne() throws IOException {
        Files.writeString(directory.resolve("log-in"), "{\"username\":\"ada\",\"password\":\"p\"}\n");
        Files.writeString(directory.resolve("template"), "{not json");

        Secrets secrets = Secrets.of(Map.of(), directory);

        assertThat(secrets.find("log-in").orElseThrow().path("username").textValue())
                .isEqualTo("ada");
        assertThat(text(secrets.find("template"))).isEqualTo("{not json");
    }

    @Test
    void takesOnlyTheLastLineBreakAway() throws IOException {
        Files.writeString(directory.resolve("key"), "line 1\nline 2\r\n");

        Files.writeString(directory.resolve("two"), "text\n\n");

        assertThat(text(new DirectorySecrets(directory).find("key"))).isEqualTo("line 1\nline 2");
        assertThat(text(new DirectorySecrets(directory).find("two"))).isEqualTo("text\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "..", ".", "", "/etc/passwd", "a/b", ".hidden", "a\0b", "sub"})
    void leavesNotTheDirectory(String name) throws IOException {
        Path inner = directory.resolve("secrets");
        Files.createDirectories(inner.resolve("sub"));
        Files.writeString(directory.resolve("outside"), "not for you");
        Files.writeString(inner.resolve(".hidden"), "not for you");

        assertThat(new DirectorySecrets(inner).find(name)).isEmpty();
        assertThat(new EnvironmentSecrets(Map.of("ORQUESTRAX_SECRET_", "x")).find(name))
                .isEmpty();
    }

    @Test
    void saysNothingOfWhatAProviderSays() {
        CallSecrets secrets = new CallSecrets(name -> {
            throw new IllegalStateException("the value is s3cr3t");
        });

        assertThatThrownBy(() -> secrets.value("key")).isInstanceOfSatisfying(ConnectorFailure.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(403);
            assertThat(failure.error().detail()).contains("\"key\"").doesNotContain("s3cr3t");
        });
    }

    @Test
    void showsNoValues() {
        assertThat(Secrets.of(Map.of("ORQUESTRAX_SECRET_A", "s3cr3t"), directory)
                        .toString())
                .doesNotContain("s3cr3t");
    }

    private static String text(Optional<JsonNode> secret) {
        return secret.orElseThrow().textValue();
    }
}

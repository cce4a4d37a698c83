package io.orquestrax.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path directory;

    @Test
    void aFlagWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
        Path file = directory.resolve("node.properties");
        Files.writeString(file, "port = 1\nworker.grace = 5s\nlog.format = json\n");

        Settings settings = Settings.load(
                file,
                Map.of("ORQUESTRAX_PORT", "2", "ORQUESTRAX_WORKER_GRACE", "7s", "HOME", "/"),
                Map.of("port", "3"));

        assertThat(settings.port()).isEqualTo(3);
        assertThat(settings.workerGrace()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.logFormat()).isEqualTo(LogFormat.JSON);
        assertThat(settings.source(SettingCatalog.PORT)).isEqualTo("--port");
        assertThat(settings.source(SettingCatalog.WORKER_GRACE)).isEqualTo("ORQUESTRAX_WORKER_GRACE");
        assertThat(settings.source(SettingCatalog.LOG_FORMAT)).isEqualTo(file.toString());
    }

    @Test
    void theDefaultsAreValid() {
        Settings settings = Settings.defaults();

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.payloadMaxBytes()).isEqualTo(2 * 1024 * 1024);
        assertThat(settings.postgresUrl()).isEmpty();
        assertThat(SettingCatalog.all()).doesNotHaveDuplicates().allSatisfy(setting -> {
            assertThat(setting.description()).endsWith(".");
            assertThat(settings.get(setting)).isNotNull();
        });
    }

    @Test
    void namesSettingSourceAndExpectationOfAWrongValue() {
        assertThatThrownBy(() -> Settings.load(null, Map.of("ORQUESTRAX_PORT", "http"), Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Expected a whole number from 0 to 65535 for port (ORQUESTRAX_PORT), but got \"http\".");
        assertThatThrownBy(() -> Settings.load(null, Map.of(), Map.of("worker.grace", "soon")))
                .hasMessageContaining("worker.grace (--worker.grace)")
                .hasMessageContaining("a duration such as");
    }

    @Test
    void refusesUnknownNames() {
        assertThatThrownBy(() -> Settings.load(null, Map.of("ORQUESTRAX_PROT", "1"), Map.of()))
                .hasMessageContaining("ORQUESTRAX_PROT");
        assertThatThrownBy(() -> Settings.load(null, Map.of(), Map.of("prot", "1")))
                .hasMessageContaining("\"prot\" (--prot)");
        assertThatThrownBy(() -> Settings.load(directory.resolve("none"), Map.of(), Map.of()))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void readsDurationsAndSizesInBothForms() {
        Settings settings = Settings.load(
                null, Map.of(), Map.of("lease.max", "PT90M", "body.max-bytes", "3MiB", "drain.limit", "1500ms"));

        assertThat(settings.leaseMax()).isEqualTo(Duration.ofMinutes(90));
        assertThat(settings.bodyMaxBytes()).isEqualTo(3 << 20);
        assertThat(settings.drainLimit()).isEqualTo(Duration.ofMillis(1500));
    }
}

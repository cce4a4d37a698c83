package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directory of a run is removed whatever the run made of it, and what was in it counts. */
@Timeout(120)
class RemovalTest {
    @TempDir
    private Path directory;

    @Test
    void removesAndCountsWhatIsThere() throws Exception {
        Path top = directory.resolve("top");
        Files.createDirectories(top.resolve("a/b/c"));
        Files.writeString(top.resolve("a/b/c/file"), "12345");
        Files.writeString(top.resolve("file"), "123");
        Files.createDirectory(top.resolve("a/empty"));

        Removal removal = new Removal(top);
        removal.perform();

        assertThat(removal.removed()).isEqualTo(new DirectoryContents(8, 6));
        assertThat(top).doesNotExist();
    }

    @Test
    void leavesWhatLinksPointAt() throws Exception {
        Path kept = Files.createDirectory(directory.resolve("kept"));
        Files.writeString(kept.resolve("file"), "kept");
        Path top = Files.createDirectory(directory.resolve("top"));
        Files.createSymbolicLink(top.resolve("link"), kept);
        Files.createSymbolicLink(Files.createDirectory(top.resolve("a")).resolve("link"), kept);
        Path linked = Files.createSymbolicLink(directory.resolve("linked"), kept);

        new Removal(top).perform();
        new Removal(linked).perform();

        assertThat(top).doesNotExist();
        assertThat(linked).doesNotExist();
        assertThat(kept.resolve("file")).hasContent("kept");
    }

    @ParameterizedTest
    @CsvSource({"100000, true", "80000, false"})
    void removesAndCountsWhatNoPathReaches(String maxBytes, boolean isEnough) throws Exception {
        Path told = directory.resolve("told");
        // Longer together than a path may be.
        String code = """
                import os, sys
                with open(sys.argv[1], 'w') as told:
                    told.write(os.getcwd())
                for depth in range(100):
                    os.mkdir('d' * 200)
                    os.chdir('d' * 200)
                with open('file', 'wb') as file:
                    file.write(b'x' * 90000)
                """;
        ObjectNode with = Json.NODES.objectNode().put("language", "python").put("code", code);
        with.putArray("arguments").add(told.toString());

        try (TestingConnectors connectors = connectors("connectors.process.files-max-bytes", maxBytes)) {
            if (isEnough) {
                connectors.execute("script", with);
            } else {
                assertThat(connectors.failureOf("script", with).title()).isEqualTo("Too many files");
            }
        }

        assertThat(Path.of(Files.readString(told))).doesNotExist();
    }

    /** Over before anybody looks. */
    @Test
    void countsWhatAShortRunLeaves() {
        try (TestingConnectors connectors = connectors("connectors.process.files-max-bytes", "100000")) {
            WorkflowError error =
                    connectors.failure("shell", "{'command': 'for i in 1 2 3; do head -c 90000 /dev/zero > $i; done'}");

            assertThat(error.title()).isEqualTo("Too many files");
            assertThat(error.detail())
                    .isEqualTo("Expected at most 100000 bytes in at most 10000 files in the directory of the process,"
                            + " but there was more.");
        }
    }

    private static TestingConnectors connectors(String setting, String value) {
        return TestingConnectors.of(Map.of("connectors", "shell,script", setting, value), Map.of());
    }
}

package io.orquestrax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.cli.testing.TestingCluster;
import io.orquestrax.cli.testing.TestingTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees who asks a real server for what cannot be: an exit code, and one message that can be read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputSystemTest {
    private static final String UNKNOWN = "01a20789-6287-7774-841f-ff0ac52feae3";
    private static final String DOCUMENT = """
            document:
              dsl: '1.0.3'
              namespace: test
              name: strict
              version: '1.0.0'
            input:
              schema:
                document:
                  type: object
                  required: [file]
            do:
              - nothing:
                  set:
                    a: 1
            """;

    private Path directory;
    private TestingCluster cluster;
    private String address;

    @BeforeAll
    void startNode(@TempDir Path temporary) throws IOException {
        directory = temporary;
        cluster = TestingCluster.start(temporary);
        address = cluster.startNode().address();
        TestingTerminal terminal = new TestingTerminal("", Map.of());
        assertThat(run(terminal, "deploy", write("strict.yaml", DOCUMENT)))
                .as(terminal.err())
                .isZero();
    }

    @AfterAll
    void endNode() {
        if (cluster != null) {
            cluster.close();
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(List.of("show", UNKNOWN), "instance-not-found"),
                Arguments.of(List.of("history", UNKNOWN), "instance-not-found"),
                Arguments.of(List.of("watch", UNKNOWN), "instance-not-found"),
                Arguments.of(List.of("cancel", UNKNOWN), "instance-not-found"),
                Arguments.of(List.of("show", "4711"), "invalid-id"),
                Arguments.of(List.of("history", "4711"), "invalid-id"),
                Arguments.of(List.of("watch", "4711"), "invalid-id"),
                Arguments.of(List.of("cancel", "4711"), "invalid-id"),
                Arguments.of(List.of("start", "test/unknown"), "definition-not-found"),
                Arguments.of(List.of("start", "test/strict/9.9.9"), "definition-not-found"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalIsOneMessageWithItsCode(List<String> arguments, String code) {
        TestingTerminal terminal = new TestingTerminal("", Map.of());

        assertThat(run(terminal, arguments.toArray(String[]::new)))
                .as(terminal.err())
                .isEqualTo(4);

        assertThat(terminal.err()).startsWith("error " + code + ": Expected ").contains(", but ");
        assertThat(terminal.err().lines())
                .as("one message, its details below it")
                .filteredOn(line -> line.startsWith("error"))
                .hasSize(1);
        assertThat(terminal.err()).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void inputThatTheSchemaRefusesFaultsTheInstanceAndSaysWhy() {
        TestingTerminal terminal = new TestingTerminal("", Map.of());

        assertThat(run(terminal, "start", "test/strict", "--input", "{}", "--wait"))
                .isEqualTo(1);

        assertThat(terminal.err()).contains("(400)").contains("'file'");
        assertThat(terminal.out()).isEmpty();
    }

    static Stream<Arguments> brokenDocuments() {
        return Stream.of(
                Arguments.of("document: [1, 2", "1"),
                Arguments.of("document:\n  name: ]\n", "2"),
                Arguments.of("document:\n\tname: x\n", "2"),
                Arguments.of("", "1"),
                Arguments.of("just words", "1"));
    }

    @ParameterizedTest
    @MethodSource("brokenDocuments")
    void brokenDocumentIsRefusedAtItsPlaceByCommandAndServerAlike(String document, String line) throws IOException {
        String file = write("broken.yaml", document);
        TestingTerminal validating = new TestingTerminal("", Map.of());
        TestingTerminal deploying = new TestingTerminal("", Map.of());

        assertThat(Orquestrax.run(validating.terminal(), "validate", file)).isEqualTo(1);
        assertThat(run(deploying, "deploy", file)).isEqualTo(1);

        String first = validating.out().lines().findFirst().orElse("");
        assertThat(first).startsWith(file + ":").contains(": error: Expected ").contains(", but ");
        assertThat(deploying.err()).contains(first).doesNotContain("Exception");
        assertThat(first).as("line").contains(file + ":" + line + ":");
    }

    private int run(TestingTerminal terminal, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", address));
        return Orquestrax.run(terminal.terminal(), all.toArray(String[]::new));
    }

    private String write(String name, String document) throws IOException {
        return Files.writeString(directory.resolve(name), document).toString();
    }
}

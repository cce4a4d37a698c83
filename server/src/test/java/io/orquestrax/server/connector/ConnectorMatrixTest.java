package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of docs/connectors.md names tests that there are, for every connector. */
class ConnectorMatrixTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z0-9 ]+) \\| (.+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final int CASES = 7;

    private final Path project = project();
    private final String table = read(project.resolve("docs/connectors.md")).split("## What tests hold")[1];

    @TestFactory
    Stream<DynamicTest> namesTestsThatThereAre() {
        return TEST.matcher(table)
                .results()
                .map(MatchResult::group)
                .distinct()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String[] parts = name.replace("`", "").split("\\.");
                    assertThat(source(parts[0])).containsPattern("void " + parts[1] + "\\(");
                }));
    }

    @Test
    void hasEveryConnectorAndEveryCase() {
        List<MatchResult> rows = ROW.matcher(table).results().toList();
        TreeSet<String> connectors = new TreeSet<>(Connectors.TYPES);
        connectors.remove("asyncapi");
        connectors.addAll(List.of("amqp", "asyncapi over http", "kafka", "mqtt", "nats", "websockets"));

        assertThat(rows).extracting(row -> row.group(1)).containsAll(connectors);
        assertThat(rows).allSatisfy(row -> {
            List<String> cells = Arrays.asList(row.group(2).split(" \\| "));
            assertThat(cells).hasSize(CASES).noneMatch(String::isBlank);
        });
    }

    private String source(String test) throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.walk(project.resolve("server/src/test/java")),
                Files.walk(project.resolve("cli/src/test/java")))) {
            return read(files.filter(file -> file.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("Expected a test " + test + ", but there is none")));
        }
    }

    private static Path project() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.resolve("..").normalize();
        }
        return directory;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}

package io.orquestrax.server.connector.grpc;

import io.orquestrax.server.connector.http.TestingSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The texts of proto documents from which protoc generated the code of this test. */
public final class TestingProtos {
    private static final Path OF_TESTS = Path.of("src/test/protobuf");
    private static final Path OF_PROJECT = Path.of("../protocol/src/main/protobuf");

    private TestingProtos() {}

    /**
     * @param path as others import it
     */
    public static String read(String path) {
        return find(path).orElseThrow();
    }

    static Optional<String> find(String path) {
        return Stream.of(OF_TESTS, OF_PROJECT)
                .map(root -> root.resolve(path))
                .filter(Files::exists)
                .map(TestingProtos::text)
                .findFirst();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Below {@code /protos} of the site. */
    public static TestingSite on(TestingSite site) {
        for (String path : new String[] {"greeting/v1/greeter.proto", "greeting/v1/mood.proto"}) {
            site.on("/protos/" + path, 200, "text/plain", read(path));
        }
        return site;
    }
}

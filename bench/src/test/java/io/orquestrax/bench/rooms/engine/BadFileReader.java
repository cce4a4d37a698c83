package io.orquestrax.bench.rooms.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Does IO. */
public final class BadFileReader {
    private BadFileReader() {}

    static String read(Path path) throws IOException {
        return Files.readString(path);
    }
}

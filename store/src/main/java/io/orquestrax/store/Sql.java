package io.orquestrax.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The SQL of the store, one statement a file, in the resource folder of the package that runs it. */
public final class Sql {
    private Sql() {}

    /** The text of a file beside a class. */
    public static String file(Class<?> neighbour, String name) {
        try (InputStream stream = neighbour.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("Expected " + name + " beside " + neighbour.getName()
                        + " on the class path, but it is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

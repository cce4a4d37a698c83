package io.orquestrax.cli.definition;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A document as the user named it.
 *
 * @param name as given; {@code <stdin>} for a dash
 */
public record SourceFile(String name, String text) {

    public static SourceFile read(Terminal terminal, String name) {
        try {
            return name.equals("-")
                    ? new SourceFile("<stdin>", decode(name, terminal.in().readAllBytes()))
                    : new SourceFile(name, decode(name, Files.readAllBytes(Path.of(name))));
        } catch (NoSuchFileException | InvalidPathException absent) {
            throw CommandFailure.usage("Expected a file, but there is none at " + name + ".");
        } catch (IOException unreadable) {
            throw CommandFailure.usage(
                    "Expected a file that can be read, but " + name + " cannot: " + unreadable.getMessage() + ".");
        }
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public String mediaType() {
        return name.endsWith(".json") || text.stripLeading().startsWith("{") ? "application/json" : "application/yaml";
    }

    /** The line's text, without its end; empty where the document has no such line. */
    String line(int number) {
        List<String> lines = text.lines().skip(number - 1L).limit(1).toList();
        return number < 1 || lines.isEmpty() ? "" : lines.getFirst();
    }

    private static String decode(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw CommandFailure.usage("Expected text in UTF-8, but " + name + " holds other bytes.");
        }
    }
}

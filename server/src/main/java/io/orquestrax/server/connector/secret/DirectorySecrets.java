package io.orquestrax.server.connector.secret;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Secrets in the files of a directory, as containers mount them: the file's name is the secret's. */
public record DirectorySecrets(Path directory) implements SecretProvider {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}");
    private static final long MAX_BYTES = 1 << 20;

    /** Read anew each time, so that a file that is replaced counts at once. */
    @Override
    public Optional<JsonNode> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        // A name is one step below the directory; where a link leads from there is the operator's choice.
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalStateException(
                        "Expected a secret of at most " + MAX_BYTES + " bytes, but the file of " + name + " has more");
            }
            return Optional.of(SecretText.read(withoutLastNewline(Files.readString(file, StandardCharsets.UTF_8))));
        } catch (IOException unreadable) {
            throw new IllegalStateException("Expected a text in UTF-8 that can be read, but the file of the secret "
                    + name + " is none: " + unreadable.getClass().getSimpleName());
        }
    }

    private static String withoutLastNewline(String text) {
        String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut;
    }
}

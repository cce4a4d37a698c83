package io.orquestrax.server.connector.http;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a call refers to: over HTTP, or from the directory that the operator set aside for it.
 *
 * @param directory of {@code file:} URIs, whose host is its first step; null for none
 */
public record Resources(
        HttpCaller caller,
        Authentications authentications,
        @Nullable Path directory) {

    /**
     * @param authorization of a request over HTTP
     * @throws ConnectorFailure where there is nothing, or too much
     */
    public String read(URI uri, Authorization authorization, CallSecrets secrets, int maxBytes)
            throws ConnectorFailure, InterruptedException {
        return Uris.isHttp(uri)
                ? caller.fetch(uri, authorization, secrets, maxBytes).text()
                : file(uri, maxBytes);
    }

    private String file(URI uri, int maxBytes) throws ConnectorFailure {
        if (directory == null) {
            throw ConnectorFailure.of(
                    StandardError.AUTHORIZATION,
                    "File not allowed",
                    "Expected a directory for files such as " + uri
                            + ", but there is none. An operator names it with connectors.files.directory.");
        }
        Path file = path(directory, uri);
        requireInside(directory, file, uri);
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw failure(uri, "it is longer than " + maxBytes + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw failure(uri, "it cannot be read from connectors.files.directory");
        }
    }

    /** Where links lead, too. */
    private static void requireInside(Path directory, Path file, URI uri) throws ConnectorFailure {
        boolean isInside;
        try {
            isInside = file.toRealPath().startsWith(directory.toRealPath());
        } catch (IOException unreadable) {
            throw failure(uri, "it cannot be read from connectors.files.directory");
        }
        if (!isInside) {
            throw failure(uri, "it leads out of connectors.files.directory");
        }
    }

    private static Path path(Path directory, URI uri) throws ConnectorFailure {
        String host = Objects.requireNonNullElse(uri.getAuthority(), "");
        String path = Objects.requireNonNullElse(uri.getPath(), "");
        String relative = (host + "/" + path).replaceAll("^/+", "").replaceAll("/+", "/");
        Path root = directory.toAbsolutePath().normalize();
        Path file = root.resolve(relative).normalize();
        if (!file.startsWith(root) || file.equals(root) || relative.indexOf('\0') >= 0) {
            throw failure(uri, "it leads out of connectors.files.directory");
        }
        return file;
    }

    private static ConnectorFailure failure(URI uri, String reason) {
        return ConnectorFailure.of(
                StandardError.CONFIGURATION,
                "File not readable",
                "Expected a file at " + uri + ", but " + reason + ".");
    }
}

package io.orquestrax.server.connector.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A program that is an MCP server over standard input and output. */
public final class TestingMcpServer {
    private TestingMcpServer() {}

    /** Written to a file that can be run. */
    public static Path program() {
        try (InputStream script = Objects.requireNonNull(TestingMcpServer.class.getResourceAsStream("mcp-server.py"))) {
            Path file = Files.createTempDirectory("orquestrax-mcp").resolve("mcp-server.py");
            Files.copy(script, file);
            if (!file.toFile().setExecutable(true)) {
                throw new IOException("Expected to make " + file + " a program");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

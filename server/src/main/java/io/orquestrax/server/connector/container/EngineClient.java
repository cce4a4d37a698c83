package io.orquestrax.server.connector.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP/1.1 with a container engine, a connection for each request (Docker Engine API; RFC 9112 for the framing).
 * Cancelled by interrupting the thread.
 */
record EngineClient(EngineAddress address) {
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int MAX_BODY_BYTES = 4 << 20;
    private static final int SWITCHED = 101;

    /**
     * What the engine answered.
     *
     * @param body missing where there is none, or no JSON
     */
    record Answer(int status, JsonNode body, String text) {

        boolean isGood() {
            return status >= 200 && status < 300;
        }

        /** What the engine says is wrong. */
        String message() {
            return body.path("message").asText(text.isBlank() ? "status " + status : text.strip());
        }
    }

    Answer get(String path) throws IOException {
        return call("GET", path, null);
    }

    Answer delete(String path) throws IOException {
        return call("DELETE", path, null);
    }

    Answer post(String path, @Nullable JsonNode body) throws IOException {
        return call("POST", path, body);
    }

    private Answer call(String method, String path, @Nullable JsonNode body) throws IOException {
        try (SocketChannel channel = address.connect()) {
            InputStream in = Channels.newInputStream(channel);
            send(channel, method, path, body, Map.of("Connection", "close"));
            Head head = head(in);
            byte[] content = method.equals("HEAD") || head.status() == 204 ? new byte[0] : body(in, head);
            String text = new String(content, StandardCharsets.UTF_8);
            return new Answer(head.status(), json(text), text);
        }
    }

    /** A connection that carries what a container reads and writes, in both directions at a time. */
    record Attached(SocketChannel channel, InputStream in, OutputStream out) implements AutoCloseable {

        /** Nothing more goes to the container. */
        void endInput() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /**
     * @throws IOException also where the engine does not let it
     */
    Attached attach(String path) throws IOException {
        SocketChannel channel = address.connect();
        try {
            InputStream in = Channels.newInputStream(channel);
            send(channel, "POST", path, null, Map.of("Connection", "Upgrade", "Upgrade", "tcp"));
            Head head = head(in);
            if (head.status() != SWITCHED && head.status() != 200) {
                throw new IOException(new String(body(in, head), StandardCharsets.UTF_8).strip());
            }
            return new Attached(channel, in, Channels.newOutputStream(channel));
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private static void send(
            SocketChannel channel, String method, String path, @Nullable JsonNode body, Map<String, String> headers)
            throws IOException {
        byte[] content = body == null ? new byte[0] : Json.writeBytes(body);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: engine\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n");
        OutputStream out = Channels.newOutputStream(channel);
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        out.write(content);
    }

    private record Head(int status, Map<String, String> headers) {}

    private static Head head(InputStream in) throws IOException {
        String[] status = line(in).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/") || !status[1].matches("\\d{3}")) {
            throw new IOException("it does not answer with HTTP");
        }
        Map<String, String> headers = new HashMap<>();
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            length += line.length();
            if (length > MAX_HEADER_BYTES) {
                throw new IOException("its answer has too many headers");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new Head(Integer.parseInt(status[1]), headers);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0 || line.length() > MAX_HEADER_BYTES) {
                throw new IOException("its answer breaks off");
            }
            line.append((char) read);
        }
        return line.toString().stripTrailing();
    }

    private static byte[] body(InputStream in, Head head) throws IOException {
        String length = head.headers().get("content-length");
        if ("chunked".equalsIgnoreCase(head.headers().get("transfer-encoding"))) {
            return chunks(in);
        }
        byte[] body = length == null ? in.readNBytes(MAX_BODY_BYTES + 1) : in.readNBytes(size(length, 10));
        return checked(body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(line(in), 16); size > 0; size = size(line(in), 16)) {
            body.write(in.readNBytes(size));
            checked(body.toByteArray());
            line(in);
        }
        return body.toByteArray();
    }

    private static int size(String text, int radix) throws IOException {
        try {
            int size = Integer.parseInt(text.split(";", 2)[0].strip(), radix);
            if (size >= 0 && size <= MAX_BODY_BYTES) {
                return size;
            }
        } catch (NumberFormatException malformed) {
            throw new IOException("its answer has no length", malformed);
        }
        throw new IOException("its answer is longer than " + MAX_BODY_BYTES + " bytes");
    }

    private static byte[] checked(byte[] body) throws IOException {
        if (body.length > MAX_BODY_BYTES) {
            throw new IOException("its answer is longer than " + MAX_BODY_BYTES + " bytes");
        }
        return body;
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? Json.NODES.missingNode() : Json.read(text);
        } catch (JsonProcessingException severalOrNone) {
            return Json.NODES.missingNode();
        }
    }
}

package io.orquestrax.server.connector.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A web server on the loopback that answers as a test says, and remembers what it was asked. */
public final class TestingSite implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    /** A request as it came. */
    public record Asked(String method, String target, Map<String, String> headers, String body) {}

    /** How a test answers. */
    public interface Answer {
        void to(HttpExchange exchange, Asked asked) throws IOException, InterruptedException;
    }

    public TestingSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public TestingSite on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            Asked request = read(exchange);
            asked.add(request);
            try {
                answer.to(exchange, request);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        return this;
    }

    public TestingSite on(String path, int status, String contentType, String body) {
        return on(path, (exchange, request) -> send(exchange, status, contentType, body));
    }

    /** The next request that was not taken yet. */
    public Asked asked() {
        Asked next = asked.poll();
        if (next == null) {
            throw new AssertionError("Expected a request, but there was none");
        }
        return next;
    }

    public boolean wasAsked() {
        return !asked.isEmpty();
    }

    public static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    public static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(status, -1);
    }

    private static Asked read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.orquestrax.server.connector.http;

import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;

/** One request and its answer, without redirects. */
record Exchange(CloseableHttpClient client, Destinations destinations) {
    /** Of a body that only explains an error. */
    private static final int EXCERPT_BYTES = 64 * 1024;

    /**
     * @param maxBytes of the body; of an answer with a status from 300 on only the beginning is read
     * @throws IOException where there is no answer
     */
    IncomingResponse send(OutgoingRequest request, int maxBytes)
            throws IOException, ConnectorFailure, InterruptedException {
        Destination destination = destinations.of(request.uri());
        IOException unreachable = new IOException("it has no address");
        for (InetAddress address : destination.addresses()) {
            try {
                return send(request, host(destination, address), maxBytes);
            } catch (HttpHostConnectException | ConnectTimeoutException | NoRouteToHostException notConnected) {
                // Nothing was sent, so that the next address may be tried.
                unreachable = notConnected;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
        }
        throw unreachable;
    }

    /** With the address that was checked, so that the client looks no name up. */
    private static HttpHost host(Destination destination, InetAddress address) {
        return new HttpHost(destination.scheme(), address, destination.host(), destination.port());
    }

    private IncomingResponse send(OutgoingRequest request, HttpHost host, int maxBytes) throws IOException {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.uri());
        message.setPath(Uris.target(request.uri()));
        request.headers().forEach(message::addHeader);
        byte[] body = request.body();
        if (body != null) {
            message.setEntity(new ByteArrayEntity(body, null));
        }
        ClassicHttpResponse response = client.executeOpen(host, message, null);
        boolean isComplete = false;
        try {
            int limit = response.getCode() < 300 ? maxBytes : Math.min(maxBytes, EXCERPT_BYTES);
            IncomingResponse read = read(response, limit);
            isComplete = !read.isCut();
            return read;
        } finally {
            if (!isComplete) {
                // Closing alone would read the rest, which may have no end.
                message.cancel();
            }
            Closer.closeQuietly(response);
        }
    }

    private static IncomingResponse read(ClassicHttpResponse response, int maxBytes) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            String value = Objects.requireNonNullElse(header.getValue(), "");
            headers.merge(header.getName().toLowerCase(Locale.ROOT), value, (first, next) -> first + ", " + next);
        }
        String encoding = headers.getOrDefault("content-encoding", "").strip().toLowerCase(Locale.ROOT);
        HttpEntity entity = response.getEntity();
        BodyReader.Body body = new BodyReader(maxBytes).read(entity == null ? null : entity.getContent(), encoding);
        if (!encoding.isEmpty()) {
            // They speak of the body as it came.
            headers.remove("content-encoding");
            headers.remove("content-length");
        }
        String reason = Objects.requireNonNullElse(response.getReasonPhrase(), "");
        return new IncomingResponse(response.getCode(), reason, headers, body.bytes(), body.isCut());
    }
}

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
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

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
        return send(request, new Reading(maxBytes, null, BodyEnd.AT_ITS_OWN));
    }

    /**
     * How an answer is read.
     *
     * @param config of the request; null for the client's
     */
    record Reading(int maxBytes, @Nullable RequestConfig config, BodyEnd end) {}

    /** As the other one, for an answer that comes in pieces. */
    IncomingResponse send(OutgoingRequest request, Reading reading)
            throws IOException, ConnectorFailure, InterruptedException {
        Destination destination = destinations.of(request.uri());
        IOException unreachable = new IOException("it has no address");
        for (InetAddress address : destination.addresses()) {
            try {
                return send(request, host(destination, address), reading);
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

    private IncomingResponse send(OutgoingRequest request, HttpHost host, Reading reading) throws IOException {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.uri());
        message.setPath(Uris.target(request.uri()));
        request.headers().forEach(message::addHeader);
        message.setConfig(reading.config());
        byte[] body = request.body();
        if (body != null) {
            message.setEntity(new ByteArrayEntity(body, null));
        }
        ClassicHttpResponse response = client.executeOpen(host, message, null);
        boolean isComplete = false;
        try {
            BodyReader reader = response.getCode() < 300
                    ? new BodyReader(reading.maxBytes(), reading.end())
                    : new BodyReader(Math.min(reading.maxBytes(), EXCERPT_BYTES));
            Answer answer = read(response, reader);
            isComplete = answer.isWhole();
            return answer.response();
        } finally {
            if (!isComplete) {
                // Closing alone would read the rest, which may have no end.
                message.cancel();
            }
            Closer.closeQuietly(response);
        }
    }

    private record Answer(IncomingResponse response, boolean isWhole) {}

    private static Answer read(ClassicHttpResponse response, BodyReader reader) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            String value = Objects.requireNonNullElse(header.getValue(), "");
            headers.merge(header.getName().toLowerCase(Locale.ROOT), value, (first, next) -> first + ", " + next);
        }
        String encoding = headers.getOrDefault("content-encoding", "").strip().toLowerCase(Locale.ROOT);
        HttpEntity entity = response.getEntity();
        BodyReader.Body body = reader.read(entity == null ? null : entity.getContent(), encoding);
        if (!encoding.isEmpty()) {
            // They speak of the body as it came.
            headers.remove("content-encoding");
            headers.remove("content-length");
        }
        String reason = Objects.requireNonNullElse(response.getReasonPhrase(), "");
        return new Answer(
                new IncomingResponse(response.getCode(), reason, headers, body.bytes(), body.isCut()), body.isWhole());
    }
}

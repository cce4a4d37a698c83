package io.orquestrax.server.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.orquestrax.store.cloudevent.OutgoingEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings events to the sinks; one that is down holds up no other. */
public final class EventOutlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventOutlet.class);
    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout ANSWER = Timeout.ofSeconds(30);
    private static final int CONNECTIONS_A_SINK = 16;
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

    private final CloseableHttpClient client;
    private final List<SinkSender> senders;

    /**
     * @param partitions that this node serves now
     */
    public EventOutlet(
            EventSinks sinks,
            OutgoingEvents events,
            Supplier<List<Integer>> partitions,
            SinkSignature signature,
            MeterRegistry registry) {
        this(sinks, events, partitions, signature, registry, FIRST_BACKOFF);
    }

    EventOutlet(
            EventSinks sinks,
            OutgoingEvents events,
            Supplier<List<Integer>> partitions,
            SinkSignature signature,
            MeterRegistry registry,
            Duration firstBackoff) {
        this.client = client(sinks.all().size());
        this.senders = sinks.all().stream()
                .map(sink -> new SinkSender(sink, events, partitions, client, signature, firstBackoff, registry))
                .toList();
    }

    public void begin() {
        senders.forEach(SinkSender::begin);
    }

    /** There are events to send. */
    public void wake() {
        senders.forEach(SinkSender::wake);
    }

    @Override
    public void close() {
        senders.forEach(SinkSender::close);
        try {
            client.close();
        } catch (IOException failed) {
            LOG.debug("Closing the client of the sinks failed", failed);
        }
    }

    private static CloseableHttpClient client(int sinks) {
        return HttpClients.custom()
                .setUserAgent("OrquestraX")
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(CONNECTIONS_A_SINK)
                        .setMaxConnTotal(CONNECTIONS_A_SINK * Math.max(1, sinks))
                        .setDefaultSocketConfig(
                                SocketConfig.custom().setSoTimeout(ANSWER).build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(ANSWER)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(ANSWER).build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }
}

package io.orquestrax.server.connector.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.Redaction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends requests, within the limits and to the hosts that the operator set. The only way from a connector to the
 * network. Thread-safe.
 */
public final class HttpSender implements AutoCloseable {
    /** The title of the failure of an answer beyond its limit. */
    public static final String TOO_LARGE = "Response too large";

    /** The title of the failure of a call that took too long. */
    public static final String TIME_OVER = "Call timed out";

    /** Of the client, which would write requests, and so secrets, to its wire log. */
    private static final String CLIENT_LOGGERS = "org.apache.hc";

    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);

    private final HttpLimits limits;
    private final CloseableHttpClient client;
    private final SystemAddresses names = new SystemAddresses();
    private final Destinations destinations;
    private final Exchange exchange;
    private final Redirects redirects;

    /**
     * @param maxConnections open at a time
     */
    public HttpSender(HttpLimits limits, HostRule rule, HostOverrides overrides, int maxConnections, Trust trust) {
        this(limits, rule, overrides, maxConnections, trust, null);
    }

    HttpSender(
            HttpLimits limits,
            HostRule rule,
            HostOverrides overrides,
            int maxConnections,
            Trust trust,
            @Nullable Addresses addresses) {
        keepClientQuiet();
        this.limits = limits;
        this.client = client(limits.timeout(), maxConnections, trust);
        this.destinations = new Destinations(rule, overrides, addresses == null ? names : addresses);
        this.exchange = new Exchange(client, destinations);
        this.redirects = new Redirects(exchange);
    }

    /** Where calls of any protocol may go. */
    public Destinations destinations() {
        return destinations;
    }

    /** Whatever level is logged otherwise. */
    public static void keepClientQuiet() {
        if (LoggerFactory.getLogger(CLIENT_LOGGERS) instanceof Logger logger) {
            logger.setLevel(Level.WARN);
        }
    }

    private static CloseableHttpClient client(Duration timeout, int maxConnections, Trust trust) {
        // The whole call is over before, and says so.
        Timeout limit = Timeout.of(timeout.plusSeconds(1));
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .setDnsResolver(new NoNames())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust.context()))
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(limit).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(limit)
                        .setSocketTimeout(limit)
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(HttpLimits.MAX_HEADERS)
                                .setMaxLineLength(HttpLimits.MAX_HEADER_LINE)
                                .build())
                        .build())
                .build();
        HttpRoutePlanner direct =
                (host, context) -> new HttpRoute(host, null, "https".equalsIgnoreCase(host.getSchemeName()));
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setRoutePlanner(direct)
                .setDefaultRequestConfig(requests(limit))
                .evictIdleConnections(LONGEST_IDLE)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .build();
    }

    private static RequestConfig requests(Timeout limit) {
        return RequestConfig.custom()
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .setConnectionRequestTimeout(limit)
                .setResponseTimeout(limit)
                .build();
    }

    /** Only addresses that were checked are connected to. */
    private static final class NoNames implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("Expected an address that was checked for " + host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /**
     * Blocks until there is an answer, of whatever status.
     *
     * @param isFollowing whether redirects are followed
     * @param secrets that other hosts than the first must not see
     * @throws ConnectorFailure where there is none, or one that is too long, or the host may not be called
     */
    public IncomingResponse send(OutgoingRequest request, boolean isFollowing, Redaction secrets)
            throws ConnectorFailure, InterruptedException {
        return send(request, isFollowing, secrets, limits.responseMaxBytes());
    }

    /** As the other one, with another limit for the body. */
    public IncomingResponse send(OutgoingRequest request, boolean isFollowing, Redaction secrets, int maxBytes)
            throws ConnectorFailure, InterruptedException {
        return answered(
                request, limits.timeout(), maxBytes, () -> redirects.send(request, isFollowing, secrets, maxBytes));
    }

    /**
     * Reads an answer that comes in pieces, until there is enough of it. Redirects are not followed.
     *
     * @param timeout for the whole of it, in place of the usual one
     */
    public IncomingResponse stream(OutgoingRequest request, Duration timeout, BodyEnd end)
            throws ConnectorFailure, InterruptedException {
        int maxBytes = limits.responseMaxBytes();
        Exchange.Reading reading = new Exchange.Reading(maxBytes, requests(Timeout.of(timeout)), end);
        return answered(request, timeout, maxBytes, () -> exchange.send(request, reading));
    }

    private static IncomingResponse answered(
            OutgoingRequest request, Duration timeout, int maxBytes, TimeLimit.Call<IncomingResponse> sending)
            throws ConnectorFailure, InterruptedException {
        String call = request.method() + " " + request.uri();
        try {
            IncomingResponse response = TimeLimit.run(timeout, sending);
            if (response.isCut() && response.status() < 300) {
                throw ConnectorFailure.communication(
                        TOO_LARGE,
                        "Expected " + call + " to answer with at most " + maxBytes + " bytes, but there are more.");
            }
            return response;
        } catch (TimeLimit.OverException over) {
            throw ConnectorFailure.communication(
                    TIME_OVER,
                    "Expected " + call + " to be answered within " + timeout.toMillis() + " ms, but it was not.");
        } catch (IOException broken) {
            throw BrokenCalls.describe(call, broken);
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        names.close();
    }
}

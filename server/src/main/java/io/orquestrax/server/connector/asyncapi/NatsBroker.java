package io.orquestrax.server.connector.asyncapi;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** NATS, whose subjects reach those who listen at the moment, and are kept for nobody. */
record NatsBroker(Guarded guarded, SSLContext tls, Duration timeout) implements Broker {
    private static final Logger LOG = LoggerFactory.getLogger(NatsBroker.class);

    @Override
    public void publish(Target target, Message message, Call call) throws ConnectorFailure, InterruptedException {
        try (Connection connection = connected(target, call)) {
            Headers headers = new Headers();
            message.headers().forEach(headers::put);
            connection.publish(NatsMessage.builder()
                    .subject(target.address())
                    .headers(headers)
                    .data(message.content())
                    .build());
            // The server has it when it answers what came after it.
            connection.flush(timeout);
        } catch (IOException | TimeoutException | IllegalStateException | IllegalArgumentException broken) {
            throw Guarded.broken(target, broken);
        }
    }

    @Override
    public Feed subscribe(Target target, Call call) throws ConnectorFailure, InterruptedException {
        try {
            Connection connection = connected(target, call);
            try {
                Subscription subscription = connection.subscribe(target.address());
                connection.flush(timeout);
                return new NatsFeed(target, connection, subscription);
            } catch (TimeoutException | IllegalStateException | IllegalArgumentException broken) {
                connection.close();
                throw Guarded.broken(target, broken);
            }
        } catch (IOException broken) {
            throw Guarded.broken(target, broken);
        }
    }

    private Connection connected(Target target, Call call) throws IOException, ConnectorFailure, InterruptedException {
        Guarded.Place place = guarded.of(target);
        AtomicReference<Exception> told = new AtomicReference<>();
        Options.Builder options = new Options.Builder()
                .server((target.isTls() ? "tls://" : "nats://") + place.authority())
                .connectionName("orquestrax-" + call.key())
                .connectionTimeout(timeout)
                .noReconnect()
                // Whoever calls is told what went wrong.
                .errorListener(new ErrorListener() {
                    @Override
                    public void exceptionOccurred(Connection of, Exception exception) {
                        told.set(exception);
                    }
                })
                // They are addresses that nobody checked.
                .ignoreDiscoveredServers();
        if (target.isTls()) {
            options.sslContext(PinnedTls.context(place, tls));
        }
        Optional<Login.UserAndPassword> login = call.login().userAndPassword();
        login.ifPresent(each ->
                options.userInfo(each.user().toCharArray(), each.password().toCharArray()));
        call.login().token().ifPresent(token -> options.token(token.toCharArray()));
        try {
            return Nats.connect(options.build());
        } catch (IOException refused) {
            // The client tells the reason to the listener alone.
            throw told.get() == null ? refused : new IOException(refused.getMessage(), told.get());
        }
    }

    private record NatsFeed(Target target, Connection connection, Subscription subscription) implements Feed {
        @Override
        public Optional<Message> next(Duration limit) throws ConnectorFailure, InterruptedException {
            try {
                // For no time at all it would wait for ever.
                Duration patience = limit.isZero() ? Duration.ofMillis(1) : limit;
                io.nats.client.Message next = subscription.nextMessage(patience);
                if (next == null && connection.getStatus() != Connection.Status.CONNECTED) {
                    throw Guarded.broken(target, new IllegalStateException("the connection ended"));
                }
                return Optional.ofNullable(next).map(NatsFeed::message);
            } catch (IllegalStateException ended) {
                throw Guarded.broken(target, ended);
            }
        }

        private static Message message(io.nats.client.Message from) {
            Map<String, String> headers = new LinkedHashMap<>();
            if (from.hasHeaders()) {
                from.getHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            }
            return new Message(from.getData() == null ? new byte[0] : from.getData(), headers);
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (InterruptedException ending) {
                LOG.trace("The end of a connection was not waited for", ending);
                Thread.currentThread().interrupt();
            }
        }
    }
}

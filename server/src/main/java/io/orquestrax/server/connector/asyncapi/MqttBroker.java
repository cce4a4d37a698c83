package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.Causes;
import io.orquestrax.server.connector.ConnectorFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.eclipse.paho.mqttv5.common.util.MqttTopicValidator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MQTT 5, with quality of service 1: what was not acknowledged comes again. A subscription is a session of the broker's
 * that outlives its connections, named after the job.
 */
record MqttBroker(Guarded guarded, SSLContext tls, Duration timeout) implements Broker {
    private static final Logger LOG = LoggerFactory.getLogger(MqttBroker.class);
    private static final int AT_LEAST_ONCE = 1;
    /** Of the protocol: how many messages may be on their way unacknowledged. */
    private static final int MOST_AHEAD = 65_535;
    /** Of the client, where the broker did not answer. */
    private static final int CLIENT_TIMEOUT = 32_000;
    /** A job that begins again after longer than this finds no session. */
    private static final Duration SESSION_KEPT = Duration.ofDays(7);

    @Override
    public void publish(Target target, Message message, Call call) throws ConnectorFailure, InterruptedException {
        requireTopic(target, false);
        try (Connection connection = connected(target, call, "-out", true, new Incoming())) {
            MqttMessage outgoing = new MqttMessage(message.content());
            outgoing.setQos(AT_LEAST_ONCE);
            outgoing.setRetained(target.bindings().path("retain").asBoolean(false));
            MqttProperties properties = new MqttProperties();
            List<UserProperty> headers = new ArrayList<>();
            message.headers().forEach((name, value) -> headers.add(new UserProperty(name, value)));
            properties.setUserProperties(headers);
            properties.setContentType("application/json");
            String correlation = message.headers().get(Message.CORRELATION);
            if (correlation != null) {
                properties.setCorrelationData(correlation.getBytes(StandardCharsets.UTF_8));
            }
            outgoing.setProperties(properties);
            connection.client().publish(target.address(), outgoing);
        } catch (MqttException broken) {
            throw broken(target, broken);
        }
    }

    @Override
    public Feed subscribe(Target target, Call call) throws ConnectorFailure, InterruptedException {
        requireTopic(target, true);
        Incoming incoming = new Incoming();
        Connection connection = connected(target, call, "", false, incoming);
        try {
            connection.client().subscribe(target.address(), AT_LEAST_ONCE);
            return new MqttFeed(this, target, call, connection, incoming, new ArrayList<>());
        } catch (MqttException refused) {
            connection.close();
            throw broken(target, refused);
        }
    }

    private static void requireTopic(Target target, boolean mayBePattern) throws ConnectorFailure {
        try {
            MqttTopicValidator.validate(target.address(), mayBePattern, mayBePattern);
        } catch (IllegalArgumentException invalid) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Invalid call",
                    "Expected the channel's address to be a topic to " + (mayBePattern ? "subscribe to" : "publish to")
                            + ", but \"" + target.address() + "\" is none: " + Causes.of(invalid) + ".");
        }
    }

    private static ConnectorFailure broken(Target target, MqttException failed) {
        return Guarded.broken(
                target, failed.getReasonCode() == CLIENT_TIMEOUT ? new TimeoutException(failed.getMessage()) : failed);
    }

    private Connection connected(Target target, Call call, String suffix, boolean isShort, Incoming incoming)
            throws ConnectorFailure, InterruptedException {
        Guarded.Place place = guarded.of(target);
        String uri = "tcp://" + place.authority();
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSocketFactory(new PinnedSockets(place, target.isTls() ? tls : null));
        options.setCleanStart(isShort);
        options.setSessionExpiryInterval(isShort ? 0 : SESSION_KEPT.toSeconds());
        options.setAutomaticReconnect(false);
        options.setReceiveMaximum(Math.min(call.most(), MOST_AHEAD));
        options.setConnectionTimeout(Math.max(1, (int) timeout.toSeconds()));
        Optional<Login.UserAndPassword> login = call.login().userAndPassword();
        login.ifPresent(each -> {
            options.setUserName(each.user());
            options.setPassword(each.password().getBytes(StandardCharsets.UTF_8));
        });
        call.login().token().ifPresent(token -> options.setPassword(token.getBytes(StandardCharsets.UTF_8)));
        try {
            MqttClient client = new MqttClient(uri, "orquestrax-" + call.key() + suffix, new MemoryPersistence());
            client.setManualAcks(true);
            client.setTimeToWait(timeout.toMillis());
            client.setCallback(incoming);
            Connection connection = new Connection(client);
            try {
                client.connect(options);
                return connection;
            } catch (MqttException refused) {
                connection.close();
                throw refused;
            }
        } catch (MqttException broken) {
            throw broken(target, broken);
        }
    }

    /** Ends without a word where there is no connection any more. */
    private record Connection(MqttClient client) implements AutoCloseable {
        @Override
        public void close() {
            try {
                client.disconnectForcibly(0, 1000);
                client.close(true);
            } catch (MqttException alreadyGone) {
                LOG.trace("A connection was gone already: {}", alreadyGone.getMessage());
            }
        }
    }

    /** What the client's thread brings. */
    private static final class Incoming implements MqttCallback {
        private final BlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>();
        private volatile @org.jspecify.annotations.Nullable String ended;

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            // The broker sends only so many that were not acknowledged.
            messages.add(message);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            ended = Objects.requireNonNullElse(response.getReasonString(), "the connection ended");
        }

        @Override
        public void mqttErrorOccurred(MqttException error) {
            ended = error.getMessage();
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean isAgain, String uri) {}

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {}
    }

    /** Messages of a session; the unacknowledged are those that were given out and not skipped. */
    private record MqttFeed(
            MqttBroker broker,
            Target target,
            Call call,
            Connection connection,
            Incoming incoming,
            List<MqttMessage> unacknowledged)
            implements Feed {
        @Override
        public Optional<Message> next(Duration limit) throws ConnectorFailure, InterruptedException {
            MqttMessage next = incoming.messages.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                String ended = incoming.ended;
                if (ended != null) {
                    throw Guarded.broken(target, new IllegalStateException(ended));
                }
                return Optional.empty();
            }
            unacknowledged.add(next);
            Map<String, String> headers = new LinkedHashMap<>();
            MqttProperties properties = next.getProperties();
            if (properties != null) {
                properties.getUserProperties().forEach(each -> headers.put(each.getKey(), each.getValue()));
                byte[] correlation = properties.getCorrelationData();
                if (correlation != null) {
                    headers.put(Message.CORRELATION, new String(correlation, StandardCharsets.UTF_8));
                }
            }
            return Optional.of(new Message(next.getPayload(), headers));
        }

        @Override
        public void skip() throws ConnectorFailure {
            try {
                acknowledge(unacknowledged.removeLast());
            } catch (MqttException broken) {
                throw broken(target, broken);
            }
        }

        private void acknowledge(MqttMessage message) throws MqttException {
            connection.client().messageArrivedComplete(message.getId(), message.getQos());
        }

        @Override
        public void acknowledge() throws ConnectorFailure {
            try {
                for (MqttMessage each : unacknowledged) {
                    acknowledge(each);
                }
                unacknowledged.clear();
            } catch (MqttException broken) {
                throw broken(target, broken);
            }
        }

        @Override
        public void forget() throws ConnectorFailure, InterruptedException {
            // Taken over and ended at once, so that the broker keeps the session no longer.
            broker.connected(target, call, "", true, new Incoming()).close();
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}

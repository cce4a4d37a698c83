package io.orquestrax.server.connector.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

/**
 * AMQP 0-9-1. Messages go to the exchange that the channel's binding names, and are taken from a durable queue of the
 * job's own that is bound to it. A channel that is a queue, or names no exchange, is a queue that all share.
 */
record AmqpBroker(Guarded guarded, SSLContext tls, AsyncApiLimits limits) implements Broker {
    /** A job that begins again after longer than this finds no queue. */
    private static final Duration QUEUE_KEPT = Duration.ofDays(7);
    /** Of the protocol: how many messages may be on their way unacknowledged. */
    private static final int MOST_AHEAD = 65_535;

    private static final int NOT_FOUND = 404;
    private static final int CONTENT_TOO_LARGE = 311;
    private static final int DURABLE = 2;

    @Override
    public void publish(Target target, Message message, Call call) throws ConnectorFailure, InterruptedException {
        boolean toQueue = isQueue(target);
        // Where a queue is meant, a message that reaches none is lost; an exchange may have nobody who listens.
        boolean isMandatory = toQueue || target.bindings().path("mandatory").asBoolean(false);
        AtomicReference<String> returned = new AtomicReference<>();
        try (Connection connection = connected(target, call)) {
            if (!toQueue) {
                ensureExchange(connection, target);
            }
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            channel.addReturnListener(back -> returned.set(back.getReplyText()));
            channel.basicPublish(
                    toQueue ? "" : exchange(target),
                    toQueue ? queue(target) : target.address(),
                    isMandatory,
                    properties(target, message),
                    message.content());
            channel.waitForConfirmsOrDie(limits.timeout().toMillis());
        } catch (IOException | TimeoutException | ShutdownSignalException broken) {
            throw broken(target, broken);
        }
        if (returned.get() != null) {
            throw Guarded.broken(target, new IOException("no queue takes it (" + returned.get() + ")"));
        }
    }

    private static AMQP.BasicProperties properties(Target target, Message message) {
        Map<String, Object> headers = new LinkedHashMap<>(message.headers());
        JsonNode bindings = target.bindings();
        AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .deliveryMode(bindings.path("deliveryMode").asInt(DURABLE))
                .messageId(message.headers().get(Message.KEY))
                .correlationId(message.headers().get(Message.CORRELATION))
                .headers(headers);
        if (bindings.has("priority")) {
            properties.priority(bindings.path("priority").asInt());
        }
        if (bindings.has("expiration")) {
            properties.expiration(bindings.path("expiration").asText());
        }
        return properties.build();
    }

    @Override
    public Feed subscribe(Target target, Call call) throws ConnectorFailure, InterruptedException {
        try {
            Connection connection = connected(target, call);
            try {
                String queue = isQueue(target) ? sharedQueue(connection, target) : ownQueue(connection, target, call);
                Channel channel = connection.createChannel();
                AmqpFeed feed = new AmqpFeed(target, connection, channel, isQueue(target) ? "" : queue);
                channel.basicQos(Math.min(call.most(), MOST_AHEAD));
                channel.basicConsume(queue, false, feed.consumer());
                return feed;
            } catch (IOException | ShutdownSignalException refused) {
                connection.abort();
                throw refused;
            }
        } catch (IOException | TimeoutException | ShutdownSignalException broken) {
            throw broken(target, broken);
        }
    }

    private static String sharedQueue(Connection connection, Target target) throws IOException {
        String queue = queue(target);
        JsonNode binding = target.channelBindings().path("queue");
        if (isMissing(connection, channel -> channel.queueDeclarePassive(queue))) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(
                    queue,
                    binding.path("durable").asBoolean(true),
                    binding.path("exclusive").asBoolean(false),
                    binding.path("autoDelete").asBoolean(false),
                    Map.of());
        }
        return queue;
    }

    private static String ownQueue(Connection connection, Target target, Call call) throws IOException {
        ensureExchange(connection, target);
        String queue = "orquestrax-" + call.key();
        Channel channel = connection.createChannel();
        channel.queueDeclare(queue, true, false, false, Map.of("x-expires", QUEUE_KEPT.toMillis()));
        channel.queueBind(queue, exchange(target), target.address());
        return queue;
    }

    /** As the binding describes it, where it is not there yet. */
    private static void ensureExchange(Connection connection, Target target) throws IOException {
        JsonNode binding = target.channelBindings().path("exchange");
        String type = binding.path("type").asText("topic");
        if (isMissing(connection, channel -> channel.exchangeDeclarePassive(exchange(target)))) {
            Channel channel = connection.createChannel();
            channel.exchangeDeclare(
                    exchange(target),
                    type.equals("default") ? "direct" : type,
                    binding.path("durable").asBoolean(true),
                    binding.path("autoDelete").asBoolean(false),
                    Map.of());
        }
    }

    private interface Question {
        void ask(Channel channel) throws IOException;
    }

    /** On a channel of its own, for a broker closes it where the answer is no. */
    private static boolean isMissing(Connection connection, Question question) throws IOException {
        Channel channel = connection.createChannel();
        try {
            question.ask(channel);
            return false;
        } catch (IOException refused) {
            if (replyCode(refused) == NOT_FOUND) {
                return true;
            }
            throw refused;
        } finally {
            channel.abort();
        }
    }

    private static int replyCode(Throwable failed) {
        for (Throwable each = failed; each != null; each = each.getCause()) {
            if (each instanceof ShutdownSignalException shutdown) {
                return switch (shutdown.getReason()) {
                    case AMQP.Channel.Close close -> close.getReplyCode();
                    case AMQP.Connection.Close close -> close.getReplyCode();
                    default -> 0;
                };
            }
        }
        return 0;
    }

    private static boolean isQueue(Target target) {
        return target.channelBindings().path("is").asText().equals("queue")
                || exchange(target).isEmpty();
    }

    private static String exchange(Target target) {
        return target.channelBindings().path("exchange").path("name").asText();
    }

    private static String queue(Target target) {
        String queue = target.channelBindings().path("queue").path("name").asText();
        return queue.isEmpty() ? target.address() : queue;
    }

    static ConnectorFailure broken(Target target, Exception failed) {
        String reason = String.valueOf(failed.getMessage());
        for (Throwable each = failed; each != null; each = each.getCause()) {
            if (each instanceof ShutdownSignalException shutdown) {
                reason = String.valueOf(shutdown.getMessage());
            }
        }
        if (replyCode(failed) == CONTENT_TOO_LARGE || reason.contains("larger than configured max size")) {
            return ConnectorFailure.communication(
                    "Message too large",
                    "Expected a message of a size that " + target + " takes, but: " + reason + ".");
        }
        return Guarded.broken(target, failed);
    }

    private Connection connected(Target target, Call call)
            throws IOException, TimeoutException, ConnectorFailure, InterruptedException {
        Guarded.Place place = guarded.of(target);
        int timeoutMillis = Math.toIntExact(limits.timeout().toMillis());
        ConnectionFactory factory = new ConnectionFactory();
        factory.useBlockingIo();
        factory.setSocketFactory(new PinnedSockets(place, target.isTls() ? tls : null));
        factory.setHost(place.address().getHostAddress());
        factory.setPort(place.port());
        factory.setVirtualHost(virtualHost(target));
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(timeoutMillis);
        factory.setHandshakeTimeout(timeoutMillis);
        factory.setChannelRpcTimeout(timeoutMillis);
        factory.setMaxInboundMessageBodySize(limits.maxBytes());
        factory.setThreadFactory(Thread.ofPlatform().name("amqp").daemon().factory());
        Optional<Login.UserAndPassword> login = call.login().userAndPassword();
        login.ifPresent(each -> {
            factory.setUsername(each.user());
            factory.setPassword(each.password());
        });
        if (login.isEmpty() && call.login().token().isPresent()) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Authentication not supported here",
                    "Expected user and password for " + target + ", but there is a token.");
        }
        return factory.newConnection("orquestrax-" + call.key());
    }

    private static String virtualHost(Target target) {
        String path = target.server().getPath();
        return path == null || path.length() < 2 ? "/" : path.substring(1);
    }

    static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }
}

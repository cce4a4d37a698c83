package io.orquestrax.server.connector.asyncapi;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Messages of a queue; those that were not acknowledged go back to it with the connection. */
final class AmqpFeed implements Feed {
    private static final int CLOSING_MILLIS = 2000;

    private final Target target;
    private final Connection connection;
    private final Channel channel;
    private final String ownQueue;
    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
    private volatile @Nullable Exception ended;
    /** Of the last message that was given out, and of the one before, without those that were acknowledged; or 0. */
    private long lastTag;

    private long tagBefore;

    /**
     * @param ownQueue that nobody needs after this subscription; empty where others share it
     */
    AmqpFeed(Target target, Connection connection, Channel channel, String ownQueue) {
        this.target = target;
        this.connection = connection;
        this.channel = channel;
        this.ownQueue = ownQueue;
    }

    Consumer consumer() {
        return new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] content) {
                // The broker sends only so many that were not acknowledged.
                waiting.add(new Delivery(envelope, properties, content));
            }

            @Override
            public void handleCancel(String tag) {
                ended = new IOException("the queue is gone");
            }

            @Override
            public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
                ended = signal;
            }
        };
    }

    @Override
    public Optional<Message> next(Duration limit) throws ConnectorFailure, InterruptedException {
        Delivery next = waiting.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            Exception end = ended;
            if (end != null) {
                throw AmqpBroker.broken(target, end);
            }
            return Optional.empty();
        }
        tagBefore = lastTag;
        lastTag = next.getEnvelope().getDeliveryTag();
        return Optional.of(message(next));
    }

    private static Message message(Delivery from) {
        AMQP.BasicProperties properties = from.getProperties();
        Map<String, String> headers = new LinkedHashMap<>();
        if (properties.getHeaders() != null) {
            properties.getHeaders().forEach((name, value) -> headers.put(name, AmqpBroker.text(value)));
        }
        if (properties.getCorrelationId() != null) {
            headers.put(Message.CORRELATION, properties.getCorrelationId());
        }
        return new Message(from.getBody(), headers);
    }

    @Override
    public void skip() throws ConnectorFailure {
        tell(() -> channel.basicAck(lastTag, false));
        lastTag = tagBefore;
    }

    @Override
    public void acknowledge() throws ConnectorFailure {
        if (lastTag > 0) {
            // A tag that was acknowledged before is none to the broker, which closes the channel then.
            tell(() -> channel.basicAck(lastTag, true));
            lastTag = 0;
        }
    }

    @Override
    public void forget() throws ConnectorFailure {
        if (!ownQueue.isEmpty()) {
            tell(() -> channel.queueDelete(ownQueue));
        }
    }

    private interface Telling {
        void run() throws IOException;
    }

    private void tell(Telling what) throws ConnectorFailure {
        try {
            what.run();
        } catch (IOException | ShutdownSignalException broken) {
            throw AmqpBroker.broken(target, broken);
        }
    }

    @Override
    public void close() {
        connection.abort(CLOSING_MILLIS);
    }
}

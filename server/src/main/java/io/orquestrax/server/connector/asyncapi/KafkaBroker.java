package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka. A subscription is a consumer group named after the job: it begins at the ends of the topic's partitions, and
 * what it has committed is where it goes on. The group has one member, which is given all partitions.
 */
record KafkaBroker(Guarded guarded, SSLContext tls, AsyncApiLimits limits) implements Broker {
    /** The header that is a record's key, by the name that CloudEvents has for it. */
    static final String KEY = "partitionkey";
    /** Room for headers and the protocol around a message of the largest size. */
    private static final int OVERHEAD_BYTES = 64 * 1024;

    @Override
    public void publish(Target target, Message message, Call call) throws ConnectorFailure, InterruptedException {
        ProducerRecord<byte[], byte[]> outgoing =
                new ProducerRecord<>(topic(target), null, null, key(message), message.content());
        message.headers().forEach((name, value) -> outgoing.headers().add(name, bytes(value)));
        Map<String, Object> configuration = checked(target, call);
        String limit = String.valueOf(limits.timeout().toMillis());
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, limit);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, limit);
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        // How large a message may be is for the broker to say.
        configuration.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, limits.maxBytes() + OVERHEAD_BYTES);
        configuration.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long)
                Math.max(limits.maxBytes() + OVERHEAD_BYTES, outgoing.value().length + OVERHEAD_BYTES));
        try {
            KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
            try {
                producer.send(outgoing).get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                producer.close(Duration.ZERO);
            }
        } catch (ExecutionException failed) {
            throw broken(target, failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            throw Guarded.broken(target, late);
        } catch (KafkaException failed) {
            throw broken(target, failed);
        }
    }

    @Override
    public Feed subscribe(Target target, Call call) throws ConnectorFailure, InterruptedException {
        Map<String, Object> configuration = checked(target, call);
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, group(call));
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(limits.timeout().toMillis()));
        try {
            KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            KafkaFeed feed = new KafkaFeed(this, target, call, topic(target), consumer);
            try {
                feed.begin(limits.timeout());
                return feed;
            } catch (KafkaException | ConnectorFailure | InterruptedException failed) {
                feed.close();
                throw failed;
            }
        } catch (KafkaException failed) {
            throw broken(target, failed);
        }
    }

    /** What the broker keeps for the subscription; where that is not allowed, it ends by the broker's own rule. */
    void forget(Target target, Call call) throws ConnectorFailure, InterruptedException {
        try (Admin admin = Admin.create(checked(target, call))) {
            admin.deleteConsumerGroups(List.of(group(call)))
                    .all()
                    .get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException failed) {
            throw Guarded.broken(target, failed);
        }
    }

    static ConnectorFailure broken(Target target, Throwable failed) throws InterruptedException {
        return switch (failed) {
            case InterruptException _ -> {
                var _ = Thread.interrupted();
                throw new InterruptedException(failed.getMessage());
            }
            case RecordTooLargeException _ ->
                ConnectorFailure.communication(
                        "Message too large",
                        "Expected a message of a size that " + target + " takes, but: " + failed.getMessage());
            case org.apache.kafka.common.errors.TimeoutException _ ->
                Guarded.broken(target, new TimeoutException(failed.getMessage()));
            default -> Guarded.broken(target, failed);
        };
    }

    private static String group(Call call) {
        return "orquestrax-" + call.key();
    }

    private static String topic(Target target) {
        String topic = target.channelBindings().path("topic").asText();
        return topic.isEmpty() ? target.address() : topic;
    }

    private static byte @Nullable [] key(Message message) {
        String key = message.headers().get(KEY);
        return key == null ? null : bytes(key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What all its clients need to know.
     *
     * @throws ConnectorFailure where a broker that the cluster names may not be connected to
     */
    private Map<String, Object> checked(Target target, Call call) throws ConnectorFailure, InterruptedException {
        Map<String, Object> configuration = new HashMap<>();
        Guarded.Place place = guarded.of(target);
        int timeoutMillis = Math.toIntExact(limits.timeout().toMillis());
        String bootstrap = place.authority();
        if (target.isTls()) {
            // Under the name that the certificate is checked against; its address was looked up a moment ago.
            bootstrap = target.server().getHost() + ":" + place.port();
            configuration.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, KafkaTls.class);
            configuration.put(KafkaTls.CONTEXT, tls);
        }
        configuration.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, List.of(bootstrap));
        configuration.put(CommonClientConfigs.CLIENT_ID_CONFIG, group(call));
        configuration.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, timeoutMillis / 2));
        configuration.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
        configuration.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        configuration.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        configuration.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "10000");
        login(target, call, configuration);
        try (Admin admin = Admin.create(configuration)) {
            for (Node node : admin.describeCluster().nodes().get(timeoutMillis, TimeUnit.MILLISECONDS)) {
                guarded.of(node.host(), node.port());
            }
        } catch (ExecutionException failed) {
            throw broken(target, failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            throw Guarded.broken(target, late);
        } catch (KafkaException failed) {
            throw broken(target, failed);
        }
        return configuration;
    }

    private static void login(Target target, Call call, Map<String, Object> configuration)
            throws ConnectorFailure, InterruptedException {
        Optional<Login.UserAndPassword> login = call.login().userAndPassword();
        if (login.isEmpty()) {
            if (call.login().token().isPresent()) {
                throw ConnectorFailure.of(
                        StandardError.CONFIGURATION,
                        "Authentication not supported here",
                        "Expected user and password for " + target + ", but there is a token.");
            }
            configuration.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, target.isTls() ? "SSL" : "PLAINTEXT");
            return;
        }
        String mechanism = target.logins().contains("scramSha512")
                ? "SCRAM-SHA-512"
                : target.logins().contains("scramSha256") ? "SCRAM-SHA-256" : "PLAIN";
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        configuration.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, target.isTls() ? "SASL_SSL" : "SASL_PLAINTEXT");
        configuration.put(SaslConfigs.SASL_MECHANISM, mechanism);
        configuration.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                "org.apache.kafka.common.security." + module + " required username="
                        + quoted(login.get().user()) + " password="
                        + quoted(login.get().password()) + ";");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
